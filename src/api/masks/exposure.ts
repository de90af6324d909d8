import * as z from "zod";
import { modelOf, type ShownAs, shown } from "../../platform/shown.ts";

/** How a value is classed; `unclassed`: nobody has said what it tells of. */
export type Classed = ShownAs | "unclassed";

/**
 * What an answer may have at one place, and what each of it tells of. A value of a kind that nothing is said of here is
 * hidden.
 */
export interface Exposure {
  /** Of all that stands there, whatever it is. */
  readonly all?: Classed | undefined;
  /** Whether numbers and truth values are meant. */
  readonly plain?: boolean | undefined;
  /** Closed words. */
  readonly words?: ReadonlySet<string> | undefined;
  readonly times?: boolean | undefined;
  /** Of a text that is none of these. */
  readonly text?: Classed | undefined;
  /** Of the items of a list. */
  readonly items?: Exposure | undefined;
  /** Of members by name; one that is not named is left out. */
  readonly members?: ReadonlyMap<string, Exposure> | undefined;
  /** Of members of any name, and of the names themselves. */
  readonly entries?: { readonly names: Exposure; readonly values: Exposure } | undefined;
}

/** Reads from a schema and what is registered of it what its values tell of. */
export function exposureOf(described: z.core.$ZodType): Exposure {
  const schema = modelOf(described);
  const told = shown.get(schema);
  if (told !== undefined) return { all: told.as };
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodCatch ||
    schema instanceof z.ZodReadonly
  ) {
    return exposureOf(schema.unwrap());
  }
  if (schema instanceof z.ZodPipe) return exposureOf(schema.in);
  if (schema instanceof z.ZodNumber || schema instanceof z.ZodBoolean) return { plain: true };
  if (schema instanceof z.ZodISODateTime || schema instanceof z.ZodISODate) return { times: true };
  if (schema instanceof z.ZodEnum) return { words: new Set(schema.options.map(String)) };
  if (schema instanceof z.ZodLiteral) return { plain: true, words: new Set([...schema.values].map(String)) };
  if (schema instanceof z.ZodArray) return { items: exposureOf(schema.element) };
  if (schema instanceof z.ZodRecord) {
    return { entries: { names: exposureOf(schema.keyType), values: exposureOf(schema.valueType) } };
  }
  if (schema instanceof z.ZodObject) {
    const members = Object.entries<z.core.$ZodType>(schema.shape).map(([name, member]): [string, Exposure] => {
      return [name, exposureOf(member)];
    });
    return { members: new Map(members) };
  }
  if (schema instanceof z.ZodUnion) return schema.options.map(exposureOf).reduce(both);
  if (schema instanceof z.ZodString) return { text: "unclassed" };
  return { all: "unclassed" };
}

/** Of a value that may be one or the other: only what both let be seen. */
function both(one: Exposure, other: Exposure): Exposure {
  if (one.all !== undefined || other.all !== undefined) return { all: stricter(strictest(one), strictest(other)) };
  return {
    plain: one.plain === true || other.plain === true,
    words: new Set([...(one.words ?? []), ...(other.words ?? [])]),
    times: one.times === true || other.times === true,
    text: stricter(one.text, other.text),
    items: eitherOf(one.items, other.items, both),
    members: eitherOf(one.members, other.members, bothMembers),
    entries: eitherOf(one.entries, other.entries, (a, b) => ({
      names: both(a.names, b.names),
      values: both(a.values, b.values),
    })),
  };
}

function bothMembers(one: ReadonlyMap<string, Exposure>, other: ReadonlyMap<string, Exposure>) {
  const names = new Set([...one.keys(), ...other.keys()]);
  return new Map([...names].map((name) => [name, eitherOf(one.get(name), other.get(name), both) ?? {}]));
}

function eitherOf<T>(one: T | undefined, other: T | undefined, join: (one: T, other: T) => T): T | undefined {
  return one === undefined || other === undefined ? (one ?? other) : join(one, other);
}

function stricter(one: Classed | undefined, other: Classed | undefined): Classed | undefined {
  return eitherOf(one, other, (a, b) => (a === b ? a : a === "open" ? b : b === "open" ? a : "person"));
}

/** The strictest that is said of anything in it. */
function strictest({ all, text, items, members, entries }: Exposure): Classed | undefined {
  const inner = [items, ...(members?.values() ?? []), entries?.names, entries?.values];
  return [all, text, ...inner.map((one) => one && strictest(one))].reduce(stricter);
}
