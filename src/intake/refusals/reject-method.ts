import { loadRelay } from "../../config/load-relay.ts";
import type { InboundRequest } from "../inbound-request.ts";
import { knownKind } from "../kind.ts";
import { admittedMethods } from "../methods.ts";
import type { InboundPath } from "../path.ts";
import { liveKeysOf } from "../scrub/live-keys.ts";
import { noteRejection } from "./note-rejection.ts";
import { reject } from "./reject.ts";

const CODE = "method_not_allowed";

/** The answer to a method that no webhook of such a path has. Whose it was the configuration tells, for which nobody waits. */
export function rejectMethod(path: InboundPath, inbound: InboundRequest): Response {
  inbound.defer(note(path, inbound));
  const allow = admittedMethods(path.kind).join(", ");
  return reject(CODE, { reason: CODE }, inbound, `Use one of ${allow}.`, { allow });
}

/** Ids that are no source's are not named: no key is asked for here, and anybody may make them up. */
async function note({ source: id, kind }: InboundPath, inbound: InboundRequest): Promise<void> {
  const loaded = await loadRelay(inbound);
  if (loaded.state !== "ready") return;
  const { sources, secrets } = loaded.value;
  const source = sources.get(id);
  noteRejection(
    {
      source: source?.id ?? "*",
      reason: CODE,
      code: CODE,
      kind: source === undefined ? undefined : knownKind(kind, source.vendor),
      detail: {},
      liveKeys: liveKeysOf(secrets),
    },
    inbound,
  );
}
