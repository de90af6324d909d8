import type { Draft, Warning } from "../events/draft.ts";
import { isObject, type Json } from "../events/json.ts";
import type { Answer } from "../events/parts/answer.ts";
import type { Login } from "../events/parts/login.ts";
import type { EventType } from "../events/types.ts";
import type { AskedKind } from "./asked-kind.ts";
import type { ExpectedBody } from "./expected.ts";
import type { SourceSettings } from "./source-settings.ts";
import { USUAL_WINDOW_MS } from "./windows.ts";

/** Where a key may be. `basic`: `name` is the header; `path`: `/in/:source/-/:key/:kind?`. */
export interface KeyPlace {
  readonly in: "query" | "header" | "body" | "basic" | "path";
  readonly name?: string | undefined;
  /** A scheme word before the key in a header, besides `Bearer` and `Basic`. */
  readonly prefix?: string | undefined;
}

/** Stands in a body where a secret was. */
export const SCRUBBED = "[scrubbed]";

/** One webhook whose key was proved: decrypted, parsed and scrubbed. */
export interface Webhook {
  /** The kind in the URL, aliases resolved; the vendor may not know it. */
  readonly kind?: string | undefined;
  readonly body: Json;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  /** The answer that was given, when the webhook was a login question. */
  readonly login?: Login | undefined;
  /** What became of it, when it was a question to a responder; the body then has question and answer, or nothing. */
  readonly answer?: Answer | undefined;
}

/** What a webhook says, apart from when it came. */
export type WebhookContent = Pick<Webhook, "kind" | "body" | "login">;

/** "May this agent work on these projects?" */
export interface Question {
  /** The projects as they were asked, trimmed; each once. */
  readonly projects: readonly string[];
  readonly userId?: string | undefined;
  readonly username?: string | undefined;
  readonly groupId?: string | undefined;
  /**
   * What was there and could not be read, by name and never by value: members of the question, or `parameters` that
   * were over the limits. Any such thing may be what a deny goes by, so nothing is granted then.
   */
  readonly unreadable?: readonly string[] | undefined;
}

/** How a body was sent, as far as the body that was read does not show it. */
export interface Sent {
  /** Parameters that were left out because they were over the limits. */
  readonly dropped: number;
  /** Paths of the members of JSON whose name stood in the same object before. */
  readonly repeated: readonly (readonly (string | number)[])[];
}

/** What a vendor's encryption takes to be undone. */
export interface Encryption {
  /** The parameter of the URL that carries the iv, unless the source names another. */
  readonly iv: string;
  /** Why a cipher cannot be undone, in words for the operator; undefined when it can. */
  readonly explain: (cipher: string) => string | undefined;
  /** The text of an encrypted body; undefined when this key does not make a body of it. Never rejects. */
  readonly decrypt: (body: string, cipher: string, key: string, ivHex: string) => Promise<string | undefined>;
}

/** That an event of a call comes after another one of it, unless that was lost or is late. */
export interface CallStep {
  readonly type: EventType;
  readonly needs: EventType;
  /** Only of a call that was answered. */
  readonly ifAnswered?: true | undefined;
  /** Not where the vendor calls it so. */
  readonly unless?: readonly string[] | undefined;
}

/** What a vendor sends of a call; docs/events.md tells it. */
export interface CallCourse {
  /** The type whose events have the final figures. */
  readonly record: EventType;
  readonly steps: readonly CallStep[];
}

/** A vendor of telephony: how its webhooks are proved, told apart and read. */
export interface Vendor {
  readonly id: string;
  /** The product's name, as people write it. */
  readonly name: string;
  /** Kinds that may stand in the URL. */
  readonly kinds: readonly string[];
  /** No body names its kind, so that each kind needs a URL of its own. */
  readonly kindInUrl?: true | undefined;
  /** Where in the vendor's product the URL is put in, in a few words. */
  readonly screen?: string | undefined;
  /** What to do in the vendor's product to connect it, one sentence after the other; docs/vendors tells more. */
  readonly steps?: readonly string[] | undefined;
  /** The longest URL that the vendor keeps; characters. */
  readonly maxUrlLength?: number | undefined;
  /** Other words for a kind in the URL. */
  readonly aliases?: Readonly<Record<string, string>> | undefined;
  /** Kinds that only a responder can answer. */
  readonly asked?: Readonly<Record<string, AskedKind>> | undefined;
  /** Kinds that cannot be served, those of them for want of a responder, with the sentence that says why. */
  readonly refused?: Readonly<Record<string, string>> | undefined;
  /** Where the key is looked for unless the source says otherwise. */
  readonly auth: readonly KeyPlace[];
  /** How its bodies are decrypted, where the vendor can encrypt them. */
  readonly encryption?: Encryption | undefined;
  /** The kind that is a question and wants its answer in the response. */
  readonly questionKind?: string | undefined;
  /** Whether a body has the shape of a login question, also where no URL says so. */
  readonly asks?: ((body: Json) => boolean) | undefined;
  /**
   * Reads any object as a login question; undefined when the body is none. A question may name nobody or nothing.
   * Numbers of the body have the digits in which they were sent.
   */
  readonly question?: ((body: Json, sent?: Sent) => Question | undefined) | undefined;
  /**
   * Members that this vendor is known to change when it sends an event again, as paths of names; what else differs is
   * another event. The proof stands beside the list.
   */
  readonly volatile?: readonly (readonly string[])[] | undefined;
  /** In which order the events of a call come, where that is known. */
  readonly call?: CallCourse | undefined;
  /** Turns a webhook into an event. Pure, deterministic, and never throws for any body. */
  readonly normalize: (webhook: Webhook, source: SourceSettings) => Draft;
  /** What is expected of a webhook's body; undefined when nothing is. Pure, and never throws for any body. */
  readonly expected?: ((webhook: WebhookContent, source: SourceSettings) => ExpectedBody | undefined) | undefined;
}

/** Why nothing can be read from a body; undefined when it is an object that has something in it. */
export function emptiness(body: Json): "empty_body" | "not_an_object" | undefined {
  if (body === null || body === "") return "empty_body";
  if (!isObject(body)) return "not_an_object";
  return Object.keys(body).length === 0 ? "empty_body" : undefined;
}

/** The event for everything that proved its key and cannot be understood. */
export function unknown(webhook: Webhook, vendorEvent: string | undefined, ...warnings: readonly Warning[]): Draft {
  return {
    type: "vendor.unknown",
    vendorEvent: vendorEvent ?? webhook.kind ?? "unknown",
    data: {},
    warnings,
    kind: vendorEvent ?? webhook.kind ?? "",
    windowMs: USUAL_WINDOW_MS,
  };
}

/** Whether a vendor asks who may log in. */
export function asksAboutLogins({ questionKind }: Vendor): boolean {
  return questionKind !== undefined;
}
