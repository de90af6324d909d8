import type * as z from "zod";
import type { JsonObject } from "../events/json.ts";
import type { LabelKind } from "./source-settings.ts";

/** What is expected of an object in a vendor's bodies. What stands in a member without a `within` is the tenant's own. */
export interface Expected {
  readonly schema: z.ZodObject;
  /** Other members are none of our business. */
  readonly open?: true | undefined;
  /** The form in which names are compared; as they are, unless given. */
  readonly fold?: ((name: string) => string) | undefined;
  /** What is expected within members that hold an object, or a list of such. */
  readonly within?: Readonly<Record<string, Expected>> | undefined;
  /** Whether a word is in the closed list of its member. */
  readonly words?: Readonly<Record<string, (word: string) => boolean>> | undefined;
  readonly labels?: ((object: JsonObject) => readonly Labelled[]) | undefined;
}

/** Something that the source's labels may list. */
export interface Labelled {
  readonly kind: LabelKind;
  /** Any of them will do; the first names it. */
  readonly ids: readonly (string | undefined)[];
  /** It means nothing to anybody but the tenant, so that it lacks a label even where the source lists none. */
  readonly own?: true | undefined;
}

/** A body, or what of it counts, and what is expected of it. */
export interface ExpectedBody {
  readonly body: JsonObject;
  readonly expected: Expected;
}

type NameOf = (sent: string) => string | undefined;
const namesOfExpected = new WeakMap<Expected, NameOf>();

/** Tells the schema's name of a member by the name under which it was sent; undefined when there is none. */
export function namesOf(expected: Expected): NameOf {
  const known = namesOfExpected.get(expected);
  if (known !== undefined) return known;
  const { schema, fold = (name) => name } = expected;
  const names = new Map(Object.keys(schema.shape).map((name) => [fold(name), name]));
  const nameOf: NameOf = (sent) => names.get(fold(sent));
  namesOfExpected.set(expected, nameOf);
  return nameOf;
}

/** Whether a body has any field of what is expected. */
export function hasExpectedField(body: JsonObject, expected: Expected): boolean {
  const nameOf = namesOf(expected);
  return Object.keys(body).some((name) => nameOf(name) !== undefined);
}
