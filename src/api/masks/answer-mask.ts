import type * as z from "zod";
import type { Role } from "../people/role.ts";
import { exposureOf } from "./exposure.ts";
import { type Mask, maskFor } from "./mask.ts";

const masks = new WeakMap<z.ZodType, Map<Role, Mask>>();

/** The mask of an answer for a role; it is made of the schema once in an isolate. */
export function maskOfAnswer(schema: z.ZodType, role: Role): Mask {
  const made = masks.get(schema) ?? new Map<Role, Mask>();
  masks.set(schema, made);
  const known = made.get(role);
  if (known !== undefined) return known;
  const mask = maskFor(exposureOf(schema), role);
  made.set(role, mask);
  return mask;
}
