import * as z from "zod";
import type { JsonObject } from "../../events/json.ts";
import { subjects } from "../../events/subject.ts";
import { record, text } from "../values/fields.ts";
import { account, accountOf, changesOf } from "./account.ts";
import type { Kind } from "./kind.ts";
import { has, readAs } from "./names.ts";
import { timesOf } from "./times.ts";

/** https://vcc.live/developers/webhook/async-webhook-requests/user-created-and-changed */
const schema = z.object({ old: record, new: record, timestamp: text });

const tells = (body: JsonObject) => has(body, "old", "new", "timestamp") && Object.keys(body).length === 3;

/** A time alone makes no user. */
const fits = (body: JsonObject) => {
  const { old, new: current } = readAs(schema, body);
  return old !== undefined || current !== undefined;
};

export const user = {
  schema,
  tells,
  fits,
  window: { times: ["timestamp"] },
  draft: (body, _webhook, source) => {
    const { old, new: current, timestamp } = readAs(schema, body);
    const { userId, username } = readAs(account, current ?? old);
    const times = timesOf(source);
    const at = times.read(timestamp);
    return {
      type: old === undefined ? "user.created" : "user.updated",
      vendorEvent: "user",
      subject: subjects.agent({ id: userId, username }),
      time: at === undefined ? undefined : { at, from: "vendor" },
      data: {
        user: {
          id: userId,
          username,
          current: accountOf(source, current),
          previous: old === undefined ? undefined : accountOf(source, old),
          // A change of nothing but the password leaves both objects equal: no change is a change, too.
          changed: old === undefined || current === undefined ? undefined : changesOf(source, old, current),
          passwordChanged: current !== undefined && has(current, "password") ? true : undefined,
        },
      },
      warnings: times.warnings(),
    };
  },
} as const satisfies Kind;
