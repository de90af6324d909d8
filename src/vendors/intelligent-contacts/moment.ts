import type { Json } from "../../events/json.ts";
import { readText } from "../../events/values/read.ts";
import { field } from "../values/fields.ts";

/** A time as text, of the instance's own zone. Zero is none, also MySQL's zero date. */
export const moment = field(readWritten);

/** The text of a time. */
export function readWritten(value: Json | undefined): string | undefined {
  const written = readText(value);
  return isNoTime(written ?? "") ? undefined : written;
}

function isNoTime(written: string): boolean {
  return Number(written) === 0 || /^0{1,4}-00-00/.test(written);
}
