import type { Handler } from "hono";
import { ulid } from "ulid";
import { loadRelay } from "../config/load.ts";
import { decode } from "./body/decode.ts";
import { readIncoming } from "./body/incoming.ts";
import { judge } from "./judge.ts";
import { decoy } from "./keys/decoy.ts";
import { proveRequest } from "./keys/prove-request.ts";
import { readKind } from "./kind.ts";
import { reject } from "./refusals/reject.ts";
import { rejectStranger } from "./refusals/reject-stranger.ts";
import type { Visit } from "./visit.ts";

const METHODS = ["GET", "POST", "PUT"];
/** Seconds. */
const RETRY_AFTER = "5";

/** From request to receipt. The key is proved before anything else is judged, by one path for every source and key. */
export const receive: Handler<{ Bindings: Env }> = async (c) => {
  const now = Date.now();
  const behind = (work: Promise<unknown>) => c.executionCtx.waitUntil(work);
  const visit: Visit = { env: c.env, now, instance: `req_${ulid(now)}`, behind };
  if (!METHODS.includes(c.req.method)) {
    const allow = METHODS.join(", ");
    return reject("method_not_allowed", { reason: "method_not_allowed" }, visit, `Use one of ${allow}.`, { allow });
  }
  const loaded = await loadRelay(c.env, behind, now);
  if (loaded.state !== "ready") {
    const sentence = "No configuration can be read at the moment.";
    return reject("not_ready", { reason: "not_ready" }, visit, sentence, { "retry-after": RETRY_AFTER });
  }
  const { sources, secrets } = loaded.value;
  const id = c.req.param("source") ?? "";
  const source = sources.get(id);
  const incoming = await readIncoming(c.req.raw, c.req.param("key"));
  const proof = await proveRequest(source ?? decoy, incoming, now);
  if (source === undefined || proof.key === undefined) {
    const address = c.req.header("cf-connecting-ip");
    return rejectStranger({ id: secrets.has(id) ? "" : id, source, ...proof, address }, visit);
  }
  const kind = readKind(c.req.param("kind"), source.vendor, secrets);
  const decoded = await decode(incoming, source);
  return judge({ source, key: proof.key.name, kind, incoming, decoded, secrets }, visit);
};
