import type { CallOutcome, DispositionOutcome, PaymentStatus } from "../../events/classes.ts";
import { cutWord } from "../../events/values/read.ts";

/** The vendor's words for the closed classes, in lower case. */
const directions = new Map<string, "inbound" | "outbound">([
  ["in", "inbound"],
  ["inbound", "inbound"],
  ["incoming", "inbound"],
  ["out", "outbound"],
  ["outbound", "outbound"],
  ["outgoing", "outbound"],
]);

const assessments = new Map<string, DispositionOutcome>([
  ["success", "reached"],
  ["ordered", "goal"],
  ["failed", "not_reached"],
]);

/** The older page prints `succesful` and `unsuccesful`, the samples and the newer page the correct words. */
const paymentStatuses = new Map<string, PaymentStatus>([
  ["in_progress", "pending"],
  ["successful", "succeeded"],
  ["succesful", "succeeded"],
  ["unsuccessful", "failed"],
  ["unsuccesful", "failed"],
]);

const chatOutcomes = new Map<string, CallOutcome>([
  ["completed", "answered"],
  ["lost", "abandoned"],
  ["missed", "missed"],
]);

const ticketTypes = new Map<string, "ticket.created" | "ticket.deleted">([
  ["add", "ticket.created"],
  ["delete", "ticket.deleted"],
]);

type Word = string | undefined;
const key = (word: Word) => cutWord(word ?? "").toLowerCase();

export const directionOf = (word: Word) => directions.get(key(word));
export const assessmentOf = (word: Word) => assessments.get(key(word));
export const paymentStatusOf = (word: Word) => paymentStatuses.get(key(word));
export const chatOutcomeOf = (word: Word) => chatOutcomes.get(key(word));

export const isDirection = (word: string) => directionOf(word) !== undefined;
export const isAssessment = (word: string) => assessmentOf(word) !== undefined;

/** Tells whether a word is one of these, which are in lower case. */
export function isOneOf(...words: readonly string[]): (word: string) => boolean {
  const listed = new Set(words);
  return (word) => listed.has(key(word));
}

/** Closing is an update too: no other action is documented. */
export const ticketTypeOf = (action: Word) => ticketTypes.get(key(action)) ?? "ticket.updated";
