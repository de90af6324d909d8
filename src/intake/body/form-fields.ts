import { decodeText } from "../../platform/text/charset.ts";
import { decodePercent } from "../../platform/text/percent.ts";
import { MAX_PARAMETERS } from "../form.ts";

/** Parameters as text; `over`: how many more there were; `damaged`: what did not fit the charset was replaced. */
export interface Fields {
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly over: number;
  readonly damaged: boolean;
}

const AND = 0x26;
const IS = 0x3d;

/**
 * The parameters of a form or query, in one pass over its bytes: percent escapes are bytes of the charset like any
 * other, and `+` is a blank.
 * @param isOurs names that are no fields, and not counted
 */
export function readFields(bytes: Uint8Array, charset: string, isOurs?: (name: string) => boolean): Fields {
  const fields: [string, string][] = [];
  let over = 0;
  let damaged = false;

  function read(from: number, to: number): string {
    const decoded = decodeText(decodePercent(bytes.subarray(from, to), true), charset);
    damaged ||= decoded.damaged;
    return decoded.text;
  }

  function take(from: number, is: number, to: number): void {
    const isFull = fields.length >= MAX_PARAMETERS;
    const name = isFull && isOurs === undefined ? "" : read(from, is);
    if (isOurs?.(name)) return;
    if (isFull) over++;
    else fields.push([name, read(Math.min(is + 1, to), to)]);
  }

  let from = 0;
  let is = -1;
  for (let at = 0; at <= bytes.length; at++) {
    const byte = at === bytes.length ? AND : bytes[at];
    if (byte === IS && is < 0) is = at;
    if (byte !== AND) continue;
    if (at > from) take(from, is < 0 ? at : is, at);
    from = at + 1;
    is = -1;
  }
  return { fields, over, damaged };
}
