import * as z from "zod";
import { parts } from "../../events/parts/index.ts";
import { isMaskClass } from "../schema/mask-class.ts";

/** Why a name in `mask` hides nothing; undefined when it is a class, or a path that events have. */
export function explainMask(name: string): string | undefined {
  if (isMaskClass(name)) return undefined;
  const [data, ...steps] = name.split(".");
  if (data !== "data" || steps.length === 0 || steps.includes("")) {
    return "no such class: phone, email, name or text, or a path such as data.customer.accountId";
  }
  return leadsSomewhere(steps) ? undefined : "no event has anything there";
}

/** The vendor's body and the tenant's own fields may have any member. */
function leadsSomewhere([first = "", ...steps]: readonly string[]): boolean {
  if (first === "raw") return true;
  const part = new Map<string, z.core.$ZodType>(Object.entries(parts)).get(first);
  return part !== undefined && leadsInto(part, steps);
}

/** The items of a list have the path of the list. */
function leadsInto(schema: z.core.$ZodType, steps: readonly string[]): boolean {
  if (schema instanceof z.ZodOptional) return leadsInto(schema.unwrap(), steps);
  if (schema instanceof z.ZodArray) return leadsInto(schema.element, steps);
  const [name, ...rest] = steps;
  if (name === undefined || schema instanceof z.ZodRecord) return true;
  if (!(schema instanceof z.ZodObject)) return false;
  const shape = new Map<string, z.core.$ZodType>(Object.entries(schema.shape));
  const member = shape.get(name);
  return member !== undefined && leadsInto(member, rest);
}
