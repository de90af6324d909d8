import { newRequestId, type RequestId } from "../platform/request-id.ts";
import type { TracedWork } from "../platform/work.ts";

/** Who sent a request, by what it says of itself and by its address; neither is proved or scrubbed. */
export interface Sender {
  readonly agent: string | undefined;
  readonly address: string | undefined;
}

/** A request of a vendor, and what its handling may use. */
export interface InboundRequest extends TracedWork {
  /** The request's id, as errors name it. */
  readonly instance: () => RequestId;
  readonly sender: () => Sender;
}

/** A request that came now. Only one that is refused needs an id and a sender: nobody else asks for them. */
export function inboundRequest(work: TracedWork, headers: Headers): InboundRequest {
  let instance: RequestId | undefined;
  return {
    ...work,
    instance: () => {
      instance ??= newRequestId(work.now);
      return instance;
    },
    sender: () => ({
      agent: headers.get("user-agent") ?? undefined,
      address: headers.get("cf-connecting-ip") ?? undefined,
    }),
  };
}
