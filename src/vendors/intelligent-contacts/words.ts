import { type CallOutcome, type Direction, direction, type EndedBy } from "../../events/classes.ts";
import { cutWord } from "../../events/values/read.ts";

/** The direction that a `call_type` names; only `Outbound` was seen, so longer words may hold one. */
export function directionOf(callType: string | undefined): Direction | undefined {
  const words = cutWord(callType ?? "").toLowerCase();
  return direction.options.find((known) => words.includes(known));
}

/**
 * `call_final_event` has the words of Asterisk's queue log (docs.asterisk.org/Operation/Logging/Queue-Logs). Leaving
 * a queue by key or by timeout decides nothing: the call goes on elsewhere.
 */
export const outcomes: ReadonlyMap<string, CallOutcome> = new Map<string, CallOutcome>([
  ["COMPLETEAGENT", "answered"],
  ["COMPLETECALLER", "answered"],
  ["CONNECT", "answered"],
  ["TRANSFER", "answered"],
  ["BLINDTRANSFER", "answered"],
  ["ATTENDEDTRANSFER", "answered"],
  ["ABANDON", "abandoned"],
  ["RINGNOANSWER", "no_answer"],
]);

/** Who hung up, by the same word. */
export const enders: ReadonlyMap<string, EndedBy> = new Map<string, EndedBy>([
  ["COMPLETEAGENT", "agent"],
  ["COMPLETECALLER", "customer"],
  ["ABANDON", "customer"],
]);

/** Words of the queue log that decide nothing. */
const UNDECIDED: ReadonlySet<string> = new Set([
  "ENTERQUEUE",
  "EXITEMPTY",
  "EXITWITHKEY",
  "EXITWITHTIMEOUT",
  "RINGCANCELED",
]);

/** Whether a word is one of the queue log's. */
export function isFinalEvent(word: string): boolean {
  return outcomes.has(word) || enders.has(word) || UNDECIDED.has(word);
}
