/** A parameter of D1 has 2 MB at most, and the rows made of it are measured once more. */
const MAX_BULK_BYTES = 1_000_000;

/** Rows as parameters of bulk statements: lists in JSON, as few as may be. A row larger than that has one to itself. */
export function toBulks(rows: readonly object[]): string[] {
  const bulks: string[][] = [];
  let room = 0;
  for (const row of rows) {
    const text = JSON.stringify(row);
    const bytes = new TextEncoder().encode(text).byteLength;
    if (room < bytes) {
      bulks.push([]);
      room = MAX_BULK_BYTES;
    }
    bulks.at(-1)?.push(text);
    room -= bytes + 1;
  }
  return bulks.map((texts) => `[${texts.join(",")}]`);
}
