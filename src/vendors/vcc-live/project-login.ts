import * as z from "zod";
import { subjects } from "../../events/subject.ts";
import type { Kind } from "../kind.ts";
import { anything, record, text, texts } from "../values/fields.ts";
import { USUAL_WINDOW_MS } from "../windows.ts";
import { anyBody } from "./any-body.ts";
import { someId } from "./ids.ts";
import { readAs, shares } from "./names.ts";
import { projectOf } from "./project.ts";
import { looksLikeQuestion } from "./question.ts";

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

export const projectLogin = {
  ...anyBody,
  schema,
  tells: looksLikeQuestion,
  // A question that was answered was understood, however its members are spelled.
  fits: ({ body, webhook }) => webhook.login !== undefined || shares(body, schema),
  // Each question that was answered is an event of its own besides; no field tells two logins of one agent apart.
  window: USUAL_WINDOW_MS,
  draft: ({ body, webhook, source }) => {
    const login = readAs(schema, body);
    const agent = { id: login.userId, username: login.username, groupId: login.groupId, fields: login.customData };
    return {
      type: "login.decided",
      subject: subjects.agent(agent),
      data: { login: webhook.login, agent, ...projectOf(source, login.projectId[0]) },
      warnings: [],
    };
  },
} as const satisfies Kind;
