import type { Source } from "../../config/load.ts";
import { withTimeLimit } from "../../config/time-limit.ts";
import { describePlace } from "../keys/place-names.ts";
import type { Proof } from "../keys/prove-request.ts";
import type { LiveKeys } from "../scrub/live-keys.ts";
import type { Visit } from "../visit.ts";
import { noteRejection } from "./note-rejection.ts";
import { reject } from "./reject.ts";

/** The limiter must not hold up an answer; milliseconds. */
const LIMITER_LIMIT = 200;
/** Its period, as wrangler.toml sets it; seconds. */
const LIMITER_PERIOD = 60;
/** As long as a source's id may be; characters. */
const MAX_ID = 64;

/** What a request without a live key showed: where it was looked for, never what was found. */
export interface Stranger {
  /** The id in the URL. */
  readonly id: string;
  readonly source: Source | undefined;
  readonly presented: boolean;
  readonly body: Proof["body"];
  readonly address: string | undefined;
  readonly liveKeys: LiveKeys;
}

/** The one answer to everybody without a live key; to one who comes too often, that it is too often. */
export async function rejectStranger(stranger: Stranger, visit: Visit): Promise<Response> {
  const { id, source, presented, body, address, liveKeys } = stranger;
  const limited = await isLimited(visit.env, address ?? "unknown");
  const reason = source === undefined ? "unknown_source" : presented ? "wrong_key" : "no_key";
  const places = source?.auth ?? [];
  const unread = body !== "read" && places.some((place) => place.in === "body") ? { body } : {};
  noteRejection(
    {
      source: source?.id ?? nameStranger(id, liveKeys),
      reason,
      detail: { places: places.map(describePlace), ...unread },
    },
    visit,
  );
  const line = { reason, source: source?.id };
  return limited
    ? reject("too_many_failures", line, visit, "Too many requests without a live key came from this address.", {
        "retry-after": String(LIMITER_PERIOD),
      })
    : reject("unauthorized", line, visit);
}

/** The id that a stranger made up, as far as it looks like one; empty when somebody put a key in its place. */
function nameStranger(id: string, liveKeys: LiveKeys): string {
  const name = id.replace(/[^A-Za-z0-9_-]/g, "");
  return liveKeys.isIn(id) || liveKeys.isIn(name) ? "" : name.slice(0, MAX_ID);
}

/** Asked only after a failed proof, so that a live key is never limited; a limiter that fails limits nobody. */
async function isLimited(env: Env, address: string): Promise<boolean> {
  const answer = await withTimeLimit(ask(env, address), LIMITER_LIMIT);
  return answer.ok && !answer.value.success;
}

async function ask(env: Env, key: string): Promise<RateLimitOutcome> {
  return env.FAILURES.limit({ key });
}
