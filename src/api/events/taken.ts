import { toAttribute } from "../../events/attribute.ts";
import { isEventId } from "../../events/event-id.ts";
import { looksLikeEmail, looksLikePhone, plainPhone, type Trait, traitKinds } from "../../events/marks/trait.ts";
import { isReceipt } from "../../events/receipt.ts";
import { namesOfCall, tellsOf } from "../../events/subject.ts";
import { isRequestId } from "../../platform/request-id.ts";
import { readPhone } from "../../vendors/values/phone.ts";

/** What a text in the search may be. */
export const takenKinds = ["event", "receipt", "request", "subject", ...traitKinds] as const;
export type TakenKind = (typeof takenKinds)[number];

/** What a text was read as. An id of the relay's own is nothing else. */
export interface Taken {
  readonly kinds: readonly TakenKind[];
  /** Subjects that it may name. */
  readonly subjects: readonly string[];
  /** Who or what it may name in an event. */
  readonly traits: readonly Trait[];
}

/** Who may search for people, and by the rules of which countries numbers are read. */
export interface TakenBy {
  readonly mayNamePeople: boolean;
  readonly regions: readonly string[];
}

/** Reads a text as all that it may be. */
export async function readTaken(text: string, { mayNamePeople, regions }: TakenBy): Promise<Taken> {
  const kind = ownKind(text);
  if (kind !== undefined) return { kinds: [kind], subjects: [], traits: [] };
  const isSubject = text.includes("/") && (mayNamePeople || !namesPerson(text));
  const subjects = [...(isSubject ? [text] : []), ...namesOfCall(text), ...namesOfCall(await toAttribute(text))];
  const traits = mayNamePeople ? traitsIn(text, regions) : [];
  const kinds = [...(isSubject ? (["subject"] as const) : []), "call" as const, ...traits.map(({ kind }) => kind)];
  return { kinds: [...new Set(kinds)], subjects, traits };
}

/** Whether a subject tells of a person otherwise than by the number of an agent: not everybody may see that, nor look for it. */
export function namesPerson(subject: string): boolean {
  const { whom } = tellsOf(subject);
  return whom === "user_name" || whom === "person";
}

/** Whether a text can hardly be meant but as a person: who may not look for one is told so. */
export function meansPerson(text: string): boolean {
  return looksLikePhone(plainPhone(text)) || looksLikeEmail(text) || (text.includes("/") && namesPerson(text));
}

function ownKind(text: string): TakenKind | undefined {
  if (isEventId(text)) return "event";
  if (isReceipt(text)) return "receipt";
  return isRequestId(text) ? "request" : undefined;
}

function traitsIn(text: string, regions: readonly string[]): Trait[] {
  const ids = ["call", "agent", "username", "customer", "account"] as const;
  const phone = plainPhone(text);
  return [
    ...ids.map((kind): Trait => ({ kind, value: text })),
    ...(looksLikePhone(phone) ? readingsOf(phone, regions).map((value): Trait => ({ kind: "phone", value })) : []),
    ...(looksLikeEmail(text) ? [{ kind: "email", value: text } as const] : []),
  ];
}

/** A number as it is, and as it would be written in the countries of the sources. */
function readingsOf(text: string, regions: readonly string[]): string[] {
  const read = regions.map((region) => readPhone(text, "national", region) ?? text);
  return [...new Set([text, ...read])];
}
