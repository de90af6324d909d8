/** A request: the platform's own, or its headers and its body as it came. */
export type Received = Request | {
    readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
    readonly body: string | Uint8Array | ArrayBuffer;
};
/** A delivery that is proved to come from the relay. */
export interface Delivery {
    /** The event's id, the same at every attempt and replay: keep what you receive by it. */
    readonly id: string;
    /** When this attempt was made; seconds since the epoch. */
    readonly timestamp: number;
    /** 1 for the first. It is not signed. */
    readonly attempt: number;
    /** Whether an operator had it sent again. It is not signed: do the same work again, not more. */
    readonly isReplay: boolean;
    /** The bytes that were signed. */
    readonly body: Uint8Array;
}
/** Why a request is not believed. */
export type Reason = "headers_missing" | "timestamp_off" | "signature_wrong";
/** A request is not believed: answer 401. */
export declare class VerificationError extends Error {
    readonly name = "VerificationError";
    readonly reason: Reason;
    constructor(reason: Reason);
}
/**
 * Verifies a delivery by Standard Webhooks: whether one of the secrets signed exactly these bytes, within five minutes. It
 * reads the body of a `Request`.
 * @param secrets `whsec_…`, or `whpk_…` for v1a; an array, or one text with blanks between
 * @param options `now`: milliseconds since the epoch
 * @throws VerificationError when it is not proved; TypeError when a secret can prove nothing
 */
export declare function verify(received: Received, secrets: string | readonly string[], { now, toleranceSeconds }?: {
    now?: number;
    toleranceSeconds?: number;
}): Promise<Delivery>;
