import { text } from "../values/fields.ts";

/** A time as text, of the instance's own zone. Zero is none, also MySQL's zero date. */
export const moment = text.transform((written) => (isNoTime(written ?? "") ? undefined : written));

function isNoTime(written: string): boolean {
  return Number(written) === 0 || /^0{1,4}-00-00/.test(written);
}
