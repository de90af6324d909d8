import type { Json } from "../events/json.ts";

/** A text or a number as the text it was sent as; undefined for anything else. */
export function scalarText(value: Json | undefined): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  return JSON.isRawJSON(value) ? value.rawJSON : undefined;
}
