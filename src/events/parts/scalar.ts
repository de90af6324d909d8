import * as z from "zod";
import { openText, shown } from "../../platform/shown.ts";
import { type Figure, isFigure, worthOf } from "../values/figure.ts";

/** An identifier is always a string, whatever the vendor sent. This one is of a thing, or of what happened. */
export const openId = z.string().min(1).register(shown, { as: "open" });
export const agentId = z.string().min(1).register(shown, { as: "agent_id" });
/** Of a person, as others know them. */
export const personId = z.string().min(1).register(shown, { as: "person" });
/** Of nobody knows what: only admins see it. */
export const text = z.string();
/** A word of the vendor's, or of the tenant's set-up. */
export const word = openText;
/** What people write, say and are called; the name that they work under. */
export { personText, userName } from "../../platform/shown.ts";
export const instant = z.iso.datetime().describe("RFC 3339 in UTC.");
/** A number whose digits stand in JSON as the vendor sent them. @param bounds those of JSON Schema */
export function figure(bounds: { minimum?: number; exclusiveMinimum?: number } = {}) {
  const { minimum = Number.NEGATIVE_INFINITY, exclusiveMinimum = Number.NEGATIVE_INFINITY } = bounds;
  const fits = (value: unknown) => isFigure(value) && worthOf(value) >= minimum && worthOf(value) > exclusiveMinimum;
  return z
    .unknown()
    .pipe(z.custom<Figure>(fits))
    .meta({ type: "number", ...bounds })
    .register(shown, { as: "open" });
}
export const seconds = figure({ minimum: 0 }).describe("Seconds.");
export const phone = z
  .string()
  .min(1)
  .describe("E.164 when the number is valid so, else as sent.")
  .register(shown, { as: "phone" });
/** Whoever has it may see what is there: a recording, a customer's page. */
export const url = z.string().min(1).register(shown, { as: "person" });
export const fields = z
  .record(z.string(), z.unknown())
  .describe("The tenant's own fields: any names, any values.")
  .register(shown, { as: "person" });

/** A part: every field is left out when it is unknown. */
export function part<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.object(shape).partial();
}
