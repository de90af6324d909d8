import * as z from "zod";
import type { JsonObject } from "../../events/json.ts";
import { subjects } from "../../events/subject.ts";
import type { Kind, Reading } from "../kind.ts";
import type { SourceSettings } from "../source-settings.ts";
import { record, text } from "../values/fields.ts";
import { account, accountOf, changesOf, expectedAccount } from "./account.ts";
import { anyBody } from "./any-body.ts";
import { has, readAs } from "./names.ts";
import { timesOf } from "./times.ts";

/** https://vcc.live/developers/webhook/async-webhook-requests/user-created-and-changed */
const schema = z.object({ old: record, new: record, timestamp: text });

const tells = (body: JsonObject) => has(body, "old", "new", "timestamp") && Object.keys(body).length === 3;

/** A time alone makes no user. */
const fits = ({ body }: Reading) => {
  const { old, new: current } = readAs(schema, body);
  return old !== undefined || current !== undefined;
};

export const user = {
  ...anyBody,
  schema,
  tells,
  fits,
  within: { old: expectedAccount, new: expectedAccount },
  window: { times: ["timestamp"] },
  draft: ({ body, source }) => {
    const { old, new: current, timestamp } = readAs(schema, body);
    const [before, after] = [knownOf(source, old), knownOf(source, current)];
    const { userId, username } = (after ?? before)?.user ?? {};
    const times = timesOf(source);
    const at = times.read(timestamp);
    return {
      type: old === undefined ? "user.created" : "user.updated",
      subject: subjects.agent({ id: userId, username }),
      time: at === undefined ? undefined : { at, from: "vendor" },
      data: {
        user: {
          id: userId,
          username,
          current: after?.told ?? {},
          previous: before?.told,
          // A change of nothing but the password leaves both objects equal: no change is a change, too.
          changed: before === undefined || after === undefined ? undefined : changesOf(before, after),
          passwordChanged: current !== undefined && hasNewPassword(current) ? true : undefined,
        },
      },
      warnings: times.warnings(),
    };
  },
} as const satisfies Kind;

/** An empty one is none, and tells that it did not change. */
function hasNewPassword(current: JsonObject): boolean {
  return has(current, "password") && current.password !== null && current.password !== "";
}

function knownOf(source: SourceSettings, object: JsonObject | undefined) {
  if (object === undefined) return undefined;
  const user = readAs(account, object);
  return { user, told: accountOf(source, user) };
}
