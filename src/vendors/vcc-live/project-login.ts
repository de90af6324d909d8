import * as z from "zod";
import { isObject, type Json } from "../../events/json.ts";
import { subjects } from "../../events/subject.ts";
import { anything, record, text, texts } from "../../events/values/fields.ts";
import { readTexts } from "../../events/values/read.ts";
import type { Question } from "../vendor.ts";
import { USUAL_WINDOW_MS } from "../windows.ts";
import { someId } from "./ids.ts";
import type { Kind } from "./kind.ts";
import { has, readAs } from "./names.ts";
import { projectOf } from "./project.ts";

/**
 * https://vcc.live/developers/webhook/sync-webhook-requests/project-login
 * Repetition in a query makes a list, so even `projectId` may be one. Project `0` is a project like any other.
 */
const schema = z.object({
  projectId: texts,
  userId: someId,
  username: text,
  groupId: text,
  customData: record,
  secondaryProjectIds: anything,
});

/** Whether a body has the shape of a Project Login, also where no URL says so. */
export function looksLikeQuestion(body: Json): boolean {
  return (
    isObject(body) && has(body, "projectId", "secondaryProjectIds") && (has(body, "userId") || has(body, "username"))
  );
}

/** Reads any object as a Project Login: every project once, the primary first. Undefined when it is no object. */
export function readQuestion(body: Json): Question | undefined {
  if (!isObject(body)) return undefined;
  const { projectId, secondaryProjectIds, userId, username, groupId } = readAs(schema, body);
  return { projects: [...new Set([...projectId, ...idsOf(secondaryProjectIds)])], userId, username, groupId };
}

/** An object's members count whatever their names are: leaving out a project would leave it unanswered. */
function idsOf(value: Json | undefined): string[] {
  return readTexts(isObject(value) ? Object.values(value) : value);
}

export const projectLogin = {
  schema,
  tells: looksLikeQuestion,
  // Each question that was answered is an event of its own besides; no field tells two logins of one agent apart.
  window: USUAL_WINDOW_MS,
  draft: (body, webhook, source) => {
    const login = readAs(schema, body);
    const agent = { id: login.userId, username: login.username, groupId: login.groupId, fields: login.customData };
    return {
      type: "login.decided",
      vendorEvent: "project-login",
      subject: subjects.agent(agent),
      data: { login: webhook.login, agent, ...projectOf(source, login.projectId[0]) },
      warnings: [],
    };
  },
} as const satisfies Kind;
