import type { Handler } from "hono";
import { loadRelay } from "../config/load-relay.ts";
import { isPublicUrlSet } from "../config/public-url.ts";
import { type TraceParent, traceParent } from "../events/trace-parent.ts";
import { lookupIn } from "../platform/lookup.ts";
import { workOf } from "../platform/work.ts";
import { decode } from "./body/decode.ts";
import { readIncoming } from "./body/incoming.ts";
import { dispatch } from "./dispatch.ts";
import { inboundRequest } from "./inbound-request.ts";
import { cameBy } from "./keys/came-by.ts";
import { decoy } from "./keys/decoy.ts";
import { proveRequest } from "./keys/prove-request.ts";
import { readKind } from "./kind.ts";
import { admittedMethods } from "./methods.ts";
import { readInboundPath } from "./path.ts";
import { reject } from "./refusals/reject.ts";
import { rejectMethod } from "./refusals/reject-method.ts";
import { rejectStranger } from "./refusals/reject-stranger.ts";
import { readRequestUrl } from "./request-url.ts";
import { type LiveKeys, liveKeysOf } from "./scrub/live-keys.ts";

/** Seconds. */
const RETRY_AFTER = "5";

/** Leads a request to its receipt. The key is proved before anything else is judged, by one path for every source and key. */
export const receive: Handler<{ Bindings: Env }> = async (c) => {
  const { method, headers } = c.req.raw;
  const inbound = inboundRequest(workOf(c), headers);
  const { now, inSpan } = inbound;
  const url = readRequestUrl(c.req.url);
  const path = readInboundPath(url.pathname);
  if (!admittedMethods(path.kind).includes(method)) return rejectMethod(path, inbound);
  const loaded = await loadRelay(inbound);
  if (loaded.state !== "ready") {
    const sentence = "No configuration can be read at the moment.";
    return reject("not_ready", { reason: "not_ready" }, inbound, sentence, { "retry-after": RETRY_AFTER });
  }
  const { sources, secrets } = loaded.value;
  const liveKeys = liveKeysOf(secrets);
  const source = sources.get(path.source);
  const incoming = await readIncoming(c.req.raw, url.query, path.key);
  const proof = await inSpan("intake.prove", () => {
    return proveRequest(source ?? decoy, incoming, sources, now);
  });
  if (source === undefined || proof.key === undefined) {
    const came = cameBy(incoming, source?.auth ?? []);
    return rejectStranger({ id: path.source, kind: path.kind, source, ...proof, came, liveKeys }, inbound);
  }
  const kind = readKind(path.kind, source.vendor, liveKeys);
  const decoded = await inSpan("intake.decode", () => decode(incoming, source));
  const origin = isPublicUrlSet(lookupIn(c.env)) ? undefined : url.origin;
  const traceparent = readTrace(headers, liveKeys);
  const { key, signed } = proof;
  return dispatch({ source, key: key.name, signed, kind, incoming, decoded, origin, traceparent, liveKeys }, inbound);
};

/** A live key in the place of a trace makes it none. */
function readTrace(headers: Headers, liveKeys: LiveKeys): TraceParent | undefined {
  const written = headers.get("traceparent");
  return written === null ? undefined : traceParent.safeParse(liveKeys.blank(written)).data;
}
