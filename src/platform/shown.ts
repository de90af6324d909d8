import * as z from "zod";

/**
 * Of whom or what a value tells, which decides who may see it.
 * `open`: of no person, everybody sees it; `user_name`: the name that somebody works under, from the role supervisor on;
 * `agent_id`: the id of an agent, open where it is a number, else like a user name; `subject`: that of an event, of which
 * a user name and the record of a customer are hidden; `phone`: all see its last four digits; `person`: all else that is
 * of a person, for admins alone.
 */
export type ShownAs = "open" | "user_name" | "agent_id" | "subject" | "phone" | "person";

/**
 * What each schema of an answer is shown as. Numbers, truth values, times and closed words need no line here; any other
 * value that has none is hidden.
 */
export const shown = z.registry<{ readonly as: ShownAs }>();

const models = new WeakMap<z.core.$ZodType, z.core.$ZodType>();

/** Has a schema shown as another one, which tells of the same in more detail. */
export function shownLike<T extends z.core.$ZodType>(schema: T, model: z.core.$ZodType): T {
  models.set(schema, model);
  return schema;
}

/** The schema that another one is shown as; its own, unless one is named. */
export function modelOf(schema: z.core.$ZodType): z.core.$ZodType {
  return models.get(schema) ?? schema;
}

/** A text that is of no person: an id, a type, a word or a sentence of the relay's own, or of the tenant's set-up. */
export const openText = z.string().register(shown, { as: "open" });
/** The name that an agent, or whoever runs the relay, works under; and what maps of them say. */
export const userName = z.string().register(shown, { as: "user_name" });
/** What an event is about. */
export const subjectText = z.string().register(shown, { as: "subject" });
/** What else tells of a person. */
export const personText = z.string().register(shown, { as: "person" });
/** Anything that may tell of persons. */
export const personal = z.unknown().register(shown, { as: "person" });
