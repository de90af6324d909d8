import type { Source } from "../../config/load-relay.ts";
import { failedTooOften, LIMITER_PERIOD_SECONDS } from "../../platform/limit-failures.ts";
import type { InboundRequest } from "../inbound-request.ts";
import { describePlace } from "../keys/place-names.ts";
import type { Proof } from "../keys/prove-request.ts";
import { knownKind } from "../kind.ts";
import type { LiveKeys } from "../scrub/live-keys.ts";
import { noteRejection } from "./note-rejection.ts";
import { reject } from "./reject.ts";

/** A source's id is no longer; characters. */
const MAX_ID_CHARACTERS = 64;

/** What a request without a live key showed: where it was looked for, never what was found. */
export interface Stranger {
  /** The id in the URL. */
  readonly id: string;
  /** The kind in the URL, as it stands there. */
  readonly kind: string;
  readonly source: Source | undefined;
  readonly presented: boolean;
  readonly body: Proof["body"];
  /** Places where a key may stand that nobody looks at. */
  readonly came: readonly string[];
  readonly liveKeys: LiveKeys;
}

/** The one answer to everybody without a live key; to one who comes too often, that it is too often. */
export async function rejectStranger(stranger: Stranger, inbound: InboundRequest): Promise<Response> {
  const { id, kind, source, presented, body, came, liveKeys } = stranger;
  const limited = await failedTooOften(inbound.env, inbound.sender().address ?? "unknown");
  const code = limited ? "too_many_failures" : "unauthorized";
  const reason = whyStrange(source, presented);
  const places = source?.auth ?? [];
  // Who brought a key where it is looked for did not put it elsewhere.
  const astray = reason === "no_key" && came.length > 0 ? { came } : {};
  const unread = body !== "read" && places.some((place) => place.in === "body") ? { body } : {};
  noteRejection(
    {
      source: source?.id ?? nameStranger(id, liveKeys),
      reason,
      code,
      kind: source === undefined ? undefined : knownKind(kind, source.vendor),
      liveKeys,
      came: astray.came,
      detail: { places: places.map(describePlace), ...astray, ...unread },
    },
    inbound,
  );
  const line = { reason, source: source?.id };
  return limited
    ? reject(code, line, inbound, "Too many requests without a live key came from this address.", {
        "retry-after": String(LIMITER_PERIOD_SECONDS),
      })
    : reject(code, line, inbound);
}

/** Why a request without a live key is refused. */
export function whyStrange(source: Source | undefined, presented: boolean): "unknown_source" | "wrong_key" | "no_key" {
  if (source === undefined) return "unknown_source";
  return presented ? "wrong_key" : "no_key";
}

/** The id that a stranger made up, as far as it looks like one; empty when somebody put a key in its place. */
export function nameStranger(id: string, liveKeys: LiveKeys): string {
  const name = id.replace(/[^A-Za-z0-9_-]/g, "");
  return liveKeys.isIn(id) || liveKeys.isIn(name) ? "" : name.slice(0, MAX_ID_CHARACTERS);
}
