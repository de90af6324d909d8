import type { Draft, Warning } from "../events/draft.ts";
import { isObject, type JsonObject } from "../events/json.ts";
import type { Expected, ExpectedBody } from "./expected.ts";
import type { Kind, Reading, ReadKind } from "./kind.ts";
import type { SourceSettings } from "./source-settings.ts";
import { emptiness, unknown, type Vendor, type Webhook, type WebhookContent } from "./vendor.ts";

/** How the webhooks of one vendor are read: all that differs from vendor to vendor. */
export interface ByKind<K extends Kind<never>> {
  /** Every kind by its name. */
  readonly kinds: Readonly<Record<string, K>>;
  /** The words of a body for its kind, the likeliest first; by default the kinds whose shape it has. */
  readonly told?: (body: JsonObject) => readonly string[];
  /** The name of the kind that a word means; by default the word. */
  readonly spell?: (word: string) => string;
  /** What of a body counts, where it may come in an envelope. */
  readonly unwrap?: (body: JsonObject) => JsonObject;
  /** The vendor's own name of an event, from the word that decides; by default the body's word, else the kind's name. */
  readonly eventName?: (word: string) => string;
  /** The kind of a question that was answered, whatever its URL says. */
  readonly question?: string;
  /** The warnings of a webhook that is not understood, in the vendor's order. `mismatch`: its body tells another kind. */
  readonly remark: (fault: "unknown_kind" | "no_known_field", mismatch: readonly Warning[]) => readonly Warning[];
  /** Reads a webhook of a kind; undefined when it has no field of it. */
  readonly read: (kind: K, reading: Reading) => ReadKind | undefined;
  /** What is expected of a body; by default what its kind says. */
  readonly expect?: (kind: K | undefined, body: JsonObject, source: SourceSettings) => Expected | undefined;
}

/**
 * The normalizer of a vendor whose webhooks are of kinds, and what it expects of their bodies. The kind in the URL
 * decides, else the one that the body tells.
 */
export function readByKind<K extends Kind<never>>(vendor: ByKind<K>): Required<Pick<Vendor, "normalize" | "expected">> {
  const { kinds, question, unwrap = (body) => body, spell = (word) => word, told = toldByShape } = vendor;

  function toldByShape(body: JsonObject): string[] {
    return Object.keys(kinds).filter((name) => kinds[name]?.tells?.(body) === true);
  }

  function kindNamed(name: string): K | undefined {
    return Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  }

  function find({ kind: inUrl, login }: WebhookContent, body: JsonObject) {
    const answered = login === undefined ? undefined : question;
    const words = answered === undefined ? told(body) : [answered];
    const word = answered ?? inUrl ?? words[0];
    const name = word === undefined ? "" : spell(word);
    const agreeing = words.find((one) => spell(one) === name);
    const kind = kindNamed(name);
    const event = word === undefined || kind === undefined ? word : (vendor.eventName?.(word) ?? agreeing ?? name);
    const mismatch: Warning[] = words.length > 0 && agreeing === undefined ? ["kind_mismatch"] : [];
    const isLost = answered !== undefined && inUrl !== undefined && kindNamed(spell(inUrl)) === undefined;
    return { kind, name, event, answered, mismatch: isLost ? (["unknown_kind"] satisfies Warning[]) : mismatch };
  }

  function normalize(webhook: Webhook, source: SourceSettings): Draft {
    const body = isObject(webhook.body) ? unwrap(webhook.body) : {};
    const { kind, name, event, answered, mismatch } = find(webhook, body);
    const notRead = (event: string | undefined, warnings: readonly Warning[]) => {
      return { ...unknown(webhook, event, ...warnings), kind: name };
    };
    const empty = answered === undefined ? emptiness(isObject(webhook.body) ? body : webhook.body) : undefined;
    if (empty !== undefined) return notRead(undefined, [empty]);
    if (kind === undefined || event === undefined) return notRead(event, vendor.remark("unknown_kind", mismatch));
    const read = vendor.read(kind, { webhook, source, body, kind: name });
    if (read === undefined) return notRead(event, vendor.remark("no_known_field", mismatch));
    const { draft, windowMs } = read;
    return { ...draft, vendorEvent: event, kind: name, windowMs, warnings: [...mismatch, ...draft.warnings] };
  }

  function expected(webhook: WebhookContent, source: SourceSettings): ExpectedBody | undefined {
    if (!isObject(webhook.body)) return undefined;
    const body = unwrap(webhook.body);
    const { kind } = find(webhook, body);
    const expected = vendor.expect === undefined ? kind : vendor.expect(kind, body, source);
    return expected === undefined ? undefined : { body, expected };
  }

  return { normalize, expected };
}
