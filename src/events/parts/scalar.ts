import * as z from "zod";

/** An identifier: always a string, whatever the vendor sent. */
export const id = z.string().min(1);
export const text = z.string();
/** RFC 3339 in UTC. */
export const instant = z.iso.datetime();
export const seconds = z.number().nonnegative();
/** E.164 when the number is valid so, else as sent. */
export const phone = z.string().min(1);
export const url = z.string().min(1);
/** Fields that are the tenant's own: any names, any values. */
export const fields = z.record(z.string(), z.unknown());

/** A part: every field is left out when it is unknown. */
export function part<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.object(shape).partial();
}
