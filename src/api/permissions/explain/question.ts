import * as z from "zod";
import type { Source } from "../../../config/load-relay.ts";
import { isObject, parseJson } from "../../../events/json.ts";
import { readSent } from "../../../login/read-sent.ts";
import type { Question } from "../../../vendors/vendor.ts";

const id = z.union([z.string().min(1), z.int()]).transform(String);

/** A question as people put it. */
const asPeople = z.looseObject({
  projects: z.array(id).min(1).optional(),
  userId: id.optional(),
  username: z.string().min(1).optional(),
  groupId: id.optional(),
});

/** A question as people put it, or as the vendor's own body, which may have any form. */
export const questionBody = z
  .union([asPeople, z.record(z.string(), z.unknown())])
  .describe("projects, and the agent by userId, username and groupId; or the body that the vendor sends");

/**
 * The question; its projects may be left out. Undefined when it is neither of people nor of the vendor.
 * @param text the request's, for a vendor's body is read as strictly as at the door
 */
export function readQuestion(
  given: z.output<typeof questionBody>,
  text: string,
  { vendor }: Pick<Source, "vendor">,
): Question | undefined {
  const body = parseJson(text);
  const question = isObject(body) ? body.question : undefined;
  if (isObject(question) && question.projects === undefined) {
    const { repeated: all } = readSent({ body, text, dropped: 0 });
    const repeated = all.filter(([first]) => first === "question").map((path) => path.slice(1));
    const asked = vendor.question?.(question, { dropped: 0, repeated });
    // One that names no project may be of people, who leave them out.
    if (asked !== undefined && (asked.projects.length > 0 || vendor.asks?.(question) === true)) return asked;
  }
  const parsed = asPeople.safeParse(given);
  if (!parsed.success) return undefined;
  const { projects = [], userId, username, groupId } = parsed.data;
  return { projects: [...new Set(projects)], userId, username, groupId };
}
