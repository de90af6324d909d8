import { fitsIn } from "../text/fits-in.ts";

/** A parameter of D1 has 2 MB at most, and the rows made of it are measured once more. */
const MAX_BULK_BYTES = 1_000_000;

/** Rows as parameters of bulk statements: lists in JSON, as few as may be. A row larger than that has one to itself. */
export function toBulks(rows: readonly object[]): string[] {
  if (rows.length === 0) return [];
  const whole = JSON.stringify(rows);
  if (fitsIn(whole, MAX_BULK_BYTES)) return [whole];
  const bulks: string[][] = [];
  const utf8 = new TextEncoder();
  let room = 0;
  for (const row of rows) {
    const text = JSON.stringify(row);
    const bytes = utf8.encode(text).byteLength;
    if (room < bytes) {
      bulks.push([]);
      room = MAX_BULK_BYTES;
    }
    bulks.at(-1)?.push(text);
    room -= bytes + 1;
  }
  return bulks.map((texts) => `[${texts.join(",")}]`);
}
