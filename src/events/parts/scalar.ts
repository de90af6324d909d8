import * as z from "zod";
import { type Figure, isFigure, worthOf } from "../values/figure.ts";

/** An identifier: always a string, whatever the vendor sent. */
export const id = z.string().min(1);
export const text = z.string();
export const instant = z.iso.datetime().describe("RFC 3339 in UTC.");
/** A number whose digits stand in JSON as the vendor sent them. @param bounds those of JSON Schema */
export function figure(bounds: { minimum?: number; exclusiveMinimum?: number } = {}) {
  const { minimum = Number.NEGATIVE_INFINITY, exclusiveMinimum = Number.NEGATIVE_INFINITY } = bounds;
  const fits = (value: unknown) => isFigure(value) && worthOf(value) >= minimum && worthOf(value) > exclusiveMinimum;
  return z
    .unknown()
    .pipe(z.custom<Figure>(fits))
    .meta({ type: "number", ...bounds });
}
export const seconds = figure({ minimum: 0 }).describe("Seconds.");
export const phone = z.string().min(1).describe("E.164 when the number is valid so, else as sent.");
export const url = z.string().min(1);
export const fields = z.record(z.string(), z.unknown()).describe("The tenant's own fields: any names, any values.");

/** A part: every field is left out when it is unknown. */
export function part<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.object(shape).partial();
}
