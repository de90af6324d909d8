import type { HookEvent } from "./events.ts";
/** What was received is no event: JSON of another kind, or none. */
export declare class NotAnEvent extends Error {
    readonly name = "NotAnEvent";
}
/**
 * The event that a verified delivery brings in the format `cloudevents`. It is as it was sent: there will be types and
 * members that this version does not know, so have a `default` where you tell types apart.
 * @param delivery what `verify` returned, or its body
 * @throws NotAnEvent
 */
export declare function parse(delivery: {
    readonly body: Uint8Array;
} | Uint8Array | string): HookEvent;
