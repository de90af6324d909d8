import * as z from "zod";
import type { Source } from "../../config/load.ts";
import { isObject, type Json } from "../../events/json.ts";
import type { Question } from "../../vendors/vendor.ts";

const id = z.union([z.string().min(1), z.int()]).transform(String);

/** A question as people put it, or as the vendor's own body. */
export const questionBody = z
  .looseObject({
    projects: z.array(id).min(1).optional(),
    userId: id.optional(),
    username: z.string().min(1).optional(),
    groupId: id.optional(),
  })
  .describe("projects, and the agent by userId, username and groupId; or the body that the vendor sends");

/** The question; its projects may be left out. */
export function readQuestion(body: z.output<typeof questionBody>, { vendor }: Source): Question {
  const { projects = [], userId, username, groupId } = body;
  const json: Json = JSON.parse(JSON.stringify(body));
  const asVendor = projects.length === 0 && isObject(json) && vendor.asks?.(json) ? vendor.question?.(json) : undefined;
  return asVendor ?? { projects: [...new Set(projects)], userId, username, groupId };
}
