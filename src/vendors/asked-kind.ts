import type { Json } from "../events/json.ts";

/** What a vendor is answered: a body and its content type. */
export interface Reply {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** Why a reply is none that the vendor takes. */
export type Misfit = "type" | "form";

/** A kind that waits for an answer which only the customer's own system knows: its responder. */
export interface AskedKind {
  readonly methods: readonly string[];
  /** The method whose answers may be kept for a while; none where it is absent. */
  readonly keptMethod?: string | undefined;
  /** How long a responder may take unless the source says otherwise; milliseconds. */
  readonly timeoutMs: number;
  /** The largest answer that is read. */
  readonly maxBytes: number;
  /** A responder's answer as the vendor takes it, or why it takes none like it. Pure, and never throws. */
  readonly judge: (reply: Reply, question: Json) => Reply | Misfit;
  /** The call that a question is about, where it names one. */
  readonly callId?: ((question: Json) => string | undefined) | undefined;
}
