import type { RequestId } from "../platform/request-id.ts";
import type { TracedWork } from "../platform/work.ts";
/** Who sent a request, by what it says of itself and by its address; neither is proved or scrubbed. */
export interface Sender {
  readonly agent: string | undefined;
  readonly address: string | undefined;
}

/** A request of a vendor, and what its handling may use. */
export interface InboundRequest extends TracedWork {
  /** The request's id, as errors name it. */
  readonly instance: RequestId;
  readonly sender: Sender;
}
