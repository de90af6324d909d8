import * as z from "zod";
import { envelope } from "../../events/envelope.ts";
import { parts } from "../../events/parts/index.ts";
import { mendWord } from "../../platform/text/mend-word.ts";
import { isMaskClass, maskClasses } from "../schema/mask-class.ts";

/** Why a path leads nowhere, and the one that may have been meant. */
export interface Astray {
  readonly message: string;
  readonly near?: string | undefined;
}

/** Why a name in `mask` hides nothing; undefined when it is a class, or a path that events have. */
export function explainMask(name: string): Astray | undefined {
  if (isMaskClass(name)) return undefined;
  if (/^data\.[^.]/.test(name)) return explainPath(name);
  const meant = name.startsWith("data") ? undefined : (mendWord(name, maskClasses) ?? nearPath(`data.${name}`));
  return {
    message: "no such class: phone, email, name or text, or a path such as data.customer.accountId",
    ...(meant === undefined ? {} : { near: meant }),
  };
}

/** Why a path such as `data.customer.id` leads to nothing that any event has; undefined when it leads somewhere. */
export function explainPath(path: string): Astray | undefined {
  const [first = "", ...steps] = path.split(".");
  if (follow(first, steps) === path) return undefined;
  const near = nearPath(path);
  return { message: "no event has anything there", ...(near === undefined ? {} : { near }) };
}

/** The path that was meant, also where its beginning was left out. */
function nearPath(path: string): string | undefined {
  const [first = "", ...steps] = path.split(".");
  return follow(first, steps) ?? (first === "data" ? undefined : follow("data", [first, ...steps]));
}

/** The path with each name replaced by the nearest that is there; undefined where none is near. */
function follow(first: string, steps: readonly string[]): string | undefined {
  const top = nameIn(Object.keys(envelope.shape), first);
  if (top === undefined) return undefined;
  if (top !== "data") return steps.length === 0 ? top : undefined;
  const [part, ...rest] = steps;
  const name = part === undefined ? undefined : nameIn([...Object.keys(parts), "warnings", "raw"], part);
  if (name === undefined) return undefined;
  if (name === "raw") return ["data", name, ...rest].join(".");
  const schema = new Map<string, z.core.$ZodType>(Object.entries(parts)).get(name);
  if (schema === undefined) return rest.length === 0 ? `data.${name}` : undefined;
  const below = into(schema, rest);
  return below && ["data", name, ...below].join(".");
}

/** The items of a list have the path of the list. The tenant's own fields may have any member. */
function into(schema: z.core.$ZodType, steps: readonly string[]): readonly string[] | undefined {
  if (schema instanceof z.ZodOptional) return into(schema.unwrap(), steps);
  if (schema instanceof z.ZodArray) return into(schema.element, steps);
  const [step, ...rest] = steps;
  if (step === undefined) return [];
  if (schema instanceof z.ZodRecord) return steps.includes("") ? undefined : steps;
  if (!(schema instanceof z.ZodObject)) return undefined;
  const name = nameIn(Object.keys(schema.shape), step);
  const member = name === undefined ? undefined : new Map(Object.entries(schema.shape)).get(name);
  const below = member === undefined ? undefined : into(member, rest);
  return below && name !== undefined ? [name, ...below] : undefined;
}

function nameIn(names: readonly string[], written: string): string | undefined {
  return names.includes(written) ? written : mendWord(written, names);
}
