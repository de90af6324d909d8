import { remembered } from "../../platform/remembered.ts";
import { SCRUBBED } from "../../vendors/vendor.ts";
import type { LiveKeys } from "./live-keys.ts";
import { fold, type Secrecy, secrecyOf, unnumbered } from "./secret-names.ts";

/** What is known of a member by its name alone. */
export interface JudgedName {
  /** The name without the keys in it. */
  readonly shown: string;
  readonly folded: string;
  /** Folded, and without the number at its end. */
  readonly word: string;
  readonly secrecy: Secrecy | undefined;
  /** The same inside a payment. */
  readonly inPayment: Secrecy | undefined;
}

export type JudgeName = (name: string) => JudgedName;

/** A vendor has some hundred; more are of somebody who makes them up. */
const MAX_KNOWN = 2000;
/** Longer names are judged each time. */
const MAX_CHARACTERS = 64;

/** Judges names, each once: a vendor's bodies all have the same. */
export function nameJudge(liveKeys: LiveKeys): JudgeName {
  return remembered((name) => judge(name, liveKeys), { maxTexts: MAX_KNOWN, maxCharacters: MAX_CHARACTERS });
}

function judge(name: string, liveKeys: LiveKeys): JudgedName {
  const folded = fold(name);
  const word = unnumbered(folded);
  return {
    shown: liveKeys.has(name) ? SCRUBBED : liveKeys.blank(name),
    folded,
    word,
    secrecy: secrecyOf(word, false),
    inPayment: secrecyOf(word, true),
  };
}
