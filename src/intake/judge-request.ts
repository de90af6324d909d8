import { loadRelay, type Source } from "../config/load-relay.ts";
import type { Work } from "../platform/work.ts";
import { httpStatusOf, type ProblemCode } from "../problem.ts";
import { decode } from "./body/decode.ts";
import { readIncoming } from "./body/incoming.ts";
import { judgeWebhook, type Verdict } from "./judge-webhook.ts";
import { cameBy } from "./keys/came-by.ts";
import { decoy } from "./keys/decoy.ts";
import { proveRequest } from "./keys/prove-request.ts";
import { knownKind, readKind } from "./kind.ts";
import { admittedMethods } from "./methods.ts";
import { isInbound, readInboundPath } from "./path.ts";
import { nameStranger, whyStrange } from "./refusals/reject-stranger.ts";
import { webhookRefusals } from "./refusals/webhook-refusals.ts";
import { liveKeysOf } from "./scrub/live-keys.ts";

/** A request as somebody has written it down. */
export interface WrittenRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string;
}

/** What would become of a request. Nothing in it is a secret: places and references have names. */
export type JudgedRequest =
  /** The configuration cannot be read. */
  | { readonly state: "not_ready" }
  /** The address is none of a webhook. */
  | { readonly state: "nowhere" }
  | (About & { readonly state: "stranger"; readonly reason: string; readonly status: number; readonly came: string[] })
  | (About & { readonly state: "refused"; readonly reason: string; readonly status: number; readonly key: string })
  | (About & Taken);

interface About {
  /** The id in the address, as far as it may be shown. */
  readonly id: string;
  readonly source: Source | undefined;
  /** The kind in the address, if the vendor has it. */
  readonly kind: string | undefined;
  /** The address names one that the vendor, who has kinds, does not have. What it is may be a key in its place. */
  readonly isKindUnknown: boolean;
}

interface Taken {
  readonly state: "accepted" | "asked" | "asked_responder";
  /** Name of the reference whose key it was. */
  readonly key: string;
  readonly isSigned: boolean;
  readonly warnings: readonly string[];
}

/**
 * Judges a request as intake would if it came now, and does nothing to it: it is counted, limited, logged and stored nowhere.
 * Never rejects.
 */
export async function judgeRequest(written: WrittenRequest, work: Work): Promise<JudgedRequest> {
  const { method, url, headers, body } = written;
  if (!isInbound(url.pathname)) return { state: "nowhere" };
  const loaded = await loadRelay(work);
  if (loaded.state !== "ready") return { state: "not_ready" };
  const { sources, secrets } = loaded.value;
  const liveKeys = liveKeysOf(secrets);
  const path = readInboundPath(url.pathname);
  const source = sources.get(path.source);
  const id = source?.id ?? nameStranger(path.source, liveKeys);
  const kind = source && knownKind(path.kind, source.vendor);
  const hasKinds = source !== undefined && source.vendor.kinds.length > 0;
  const about = { id, source, kind, isKindUnknown: hasKinds && kind === undefined && path.kind !== "" };
  if (!admittedMethods(path.kind).includes(method)) {
    return { ...about, state: "stranger", came: [], ...refusal("method_not_allowed", "method_not_allowed") };
  }
  const request = new Request(url, { method, headers, ...(method === "GET" ? {} : { body }) });
  const incoming = await readIncoming(request, url.search.slice(1), path.key);
  const proof = await proveRequest(source ?? decoy, incoming, sources, work.now);
  if (source === undefined || proof.key === undefined) {
    const reason = whyStrange(source, proof.presented);
    const came = reason === "no_key" ? cameBy(incoming, source?.auth ?? []) : [];
    return { ...about, state: "stranger", came, ...refusal(reason, "unauthorized") };
  }
  const decoded = await decode(incoming, source);
  const read = readKind(path.kind, source.vendor, liveKeys);
  const webhook = { source, key: proof.key.name, kind: read, incoming, decoded, liveKeys };
  const verdict = judgeWebhook({ ...webhook, origin: undefined, traceparent: undefined });
  return { ...about, key: webhook.key, ...outcomeOf(verdict, proof.signed !== undefined) };
}

function outcomeOf(verdict: Verdict, isSigned: boolean) {
  if (verdict.state === "refused") {
    return { state: verdict.state, ...refusal(verdict.reason, webhookRefusals[verdict.reason][0]) };
  }
  const { state, read } = verdict;
  const unread = verdict.state === "asked" && verdict.asked.question.unreadable !== undefined;
  const warnings = [...read.warnings, ...(unread ? ["question_unreadable"] : [])];
  return { state, isSigned, warnings };
}

function refusal(reason: string, code: ProblemCode) {
  return { reason, status: httpStatusOf(code) };
}
