import { trimBlanks } from "../../platform/text/trim.ts";

/** What an event may be found by, besides its own ids. */
export const traitKinds = ["call", "agent", "username", "phone", "email", "customer", "account"] as const;
export type TraitKind = (typeof traitKinds)[number];

/** One of these of an event, or one that is looked for. */
export interface Trait {
  readonly kind: TraitKind;
  readonly value: string;
}

/** A shorter number is an extension or a short code, and is compared whole; digits. */
const MIN_COMPARED_DIGITS = 7;
const PHONE = /^[+\d\s()./-]{3,40}$/;
/** What stands round an address where it has a name beside it. */
const AROUND = /[\s<>",;]/;

/** Whether two traits name the same; phones do, however they are written, where the shorter is the end of the longer. */
export function isSameTrait(one: Trait, other: Trait): boolean {
  if (one.kind !== other.kind) return false;
  return one.kind === "phone" ? isSamePhone(one.value, other.value) : foldTrait(one) === foldTrait(other);
}

/** What two traits that name the same have in common; a mark is made of it. Of a phone it is the last seven digits. */
export function foldTrait({ kind, value }: Trait): string {
  if (kind === "phone") return digitsOf(value).slice(-MIN_COMPARED_DIGITS);
  const folded = trimBlanks(value.normalize("NFKC")).toLowerCase();
  return kind === "email" ? (addressIn(folded) ?? folded) : folded;
}

/** Before a number in a link, and the zero that is left out behind the code of a country: `+36 (0) 30 …`. */
const LINK = /^tel:/i;
const ZERO_LEFT_OUT = /^(\s*(?:\+|00)[\d\s]*)\(0\)/;

/** A phone number as people paste it, in plain characters: of full width, with other dashes, or marks that nobody sees. */
export function plainPhone(text: string): string {
  const plain = text
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .replace(/\p{Pd}/gu, "-");
  return trimBlanks(plain).replace(LINK, "").replace(ZERO_LEFT_OUT, "$1");
}

/** Whether a text may be a phone number, in some spelling. */
export function looksLikePhone(text: string): boolean {
  return PHONE.test(text) && digitsOf(text).length >= 3;
}

/** Whether an address of e-mail stands in a text. */
export function looksLikeEmail(text: string): boolean {
  return addressIn(text) !== undefined;
}

/** The first word with something on both sides of an `@`. */
function addressIn(text: string): string | undefined {
  return text.split(AROUND).find((word) => word.indexOf("@") > 0 && !word.endsWith("@"));
}

function isSamePhone(one: string, other: string): boolean {
  const [shorter = "", longer = ""] = [digitsOf(one), digitsOf(other)].sort((a, b) => a.length - b.length);
  return shorter === longer || (shorter.length >= MIN_COMPARED_DIGITS && longer.endsWith(shorter));
}

/** The digits of a number without the zeros before it: `00` and `0` lead out of a country or an area. */
function digitsOf(text: string): string {
  return text.replace(/\D/g, "").replace(/^0+/, "");
}
