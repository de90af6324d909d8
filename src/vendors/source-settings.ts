import type { Warning } from "../events/draft.ts";
import { type PhoneStyle, readPhone } from "./values/phone.ts";

/** The tenant's own meaning of an id or a word. */
export interface Label {
  readonly label?: string | undefined;
  readonly outcome?: string | undefined;
}
export type LabelKind = "disposition" | "result" | "status" | "campaign";

/** Where the bodies of a generic source tell what about their event, as paths of member names: `payload.call.id`. */
export interface Mapping {
  readonly event?: string | undefined;
  readonly id?: string | undefined;
  readonly time?: string | undefined;
  /** How the time is written; where it is not said, the time itself shows it. */
  readonly timeFormat?: "iso" | "seconds" | "milliseconds" | undefined;
  readonly callId?: string | undefined;
  /** The event's subject, with paths in braces: `ticket/{payload.ticket.id}`. */
  readonly subject?: string | undefined;
}

/** What a normalizer may know of the account that a webhook came from. */
export interface SourceSettings {
  readonly id: string;
  /** IANA zone of times that come without one. */
  readonly timezone?: string | undefined;
  /** ISO 3166 region of national phone numbers. */
  readonly region?: string | undefined;
  readonly phones?: PhoneStyle | undefined;
  readonly labels?: { readonly [kind in LabelKind]?: Readonly<Record<string, Label>> | undefined } | undefined;
  /** Only a generic source has it. */
  readonly generic?: Mapping | undefined;
}

/** The tenant's label of an id or word, if the source lists it. */
export function labelOf(source: SourceSettings, kind: LabelKind, id: string | undefined): Label | undefined {
  const labels = source.labels?.[kind];
  return id !== undefined && labels !== undefined && Object.hasOwn(labels, id) ? labels[id] : undefined;
}

/** A phone number by the source's settings, else by the vendor's habit. */
export function phoneOf(source: SourceSettings, number: string | undefined, habit: PhoneStyle): string | undefined {
  return readPhone(number, source.phones ?? habit, source.region);
}

/** The zone of zoneless times, and the warning that none was configured. */
export function zoneOf(source: SourceSettings): { zone: string; warnings: Warning[] } {
  return source.timezone === undefined
    ? { zone: "UTC", warnings: ["timezone_assumed"] }
    : { zone: source.timezone, warnings: [] };
}
