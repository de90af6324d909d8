import { nodeOf, pathTo } from "../parts/json/as-json.ts";

/** Values of what a vendor sent that are looked at. */
const MAX_VALUES = 5000;
/** What is as short as that stands in many places by chance. */
const MIN_TELLING = 3;
/** Words that many names have. */
const COMMON = ["call", "json", "data", "time", "the"];
/** Numbers to call are written in many ways. */
const MIN_DIGITS = 7;

/** Where the values of an event come from, as far as the same value stands in what the vendor sent. */
export type Provenance = (path: string) => string | undefined;

/**
 * Finds for each value of an event the path of the same value in what was received: at one place only, the one
 * whose name has a word of its own if there is one. What was computed, and what stands at several places, comes from nowhere. Pure.
 */
export function provenanceOf(data: unknown, raw: unknown): Provenance {
  const places = new Map<string, string[]>();
  for (const { path, text } of leavesOf(raw)) {
    for (const form of formsOf(text)) places.set(form, [...(places.get(form) ?? []), path]);
  }
  const found = new Map<string, string>();
  for (const { path, text } of leavesOf(data)) {
    const from = choose(path, text, places);
    if (from !== undefined) found.set(path, from);
  }
  return (path) => found.get(path);
}

function choose(path: string, text: string, places: ReadonlyMap<string, readonly string[]>): string | undefined {
  const candidates = [...new Set(formsOf(text).flatMap((form) => places.get(form) ?? []))];
  const words = wordsOf(path);
  const alike = candidates.filter((one) => wordsOf(one).some((word) => words.includes(word)));
  if (alike.length > 0) return alike.length === 1 ? alike[0] : undefined;
  return text.length >= MIN_TELLING && candidates.length === 1 ? candidates[0] : undefined;
}

/** A value as it is, and the digits of a number to call. */
function formsOf(text: string): string[] {
  const digits = /^\+?[\d\s()/.-]+$/.test(text) ? text.replace(/\D/g, "") : "";
  return digits.length >= MIN_DIGITS ? [text, `tel ${digits.slice(-MIN_DIGITS)}`] : [text];
}

/** The words of the last two names of a path: `agent.id` is what others call `agent_id`. */
function wordsOf(path: string): string[] {
  const names = path.split(".").slice(-2).join(" ");
  const words = names
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/);
  return words.filter((word) => word.length >= MIN_TELLING && !COMMON.includes(word));
}

/** Texts and numbers with their paths; words such as `true` tell nothing. */
function leavesOf(value: unknown): { path: string; text: string }[] {
  const leaves: { path: string; text: string }[] = [];
  const open: { path: string; value: unknown }[] = [{ path: "", value }];
  for (let at = 0; at < open.length && leaves.length < MAX_VALUES; at++) {
    const { path, value: one } = open[at] ?? { path: "", value: null };
    const node = nodeOf(one);
    if (node.kind === "scalar") {
      if (node.type !== "word" && node.text !== "" && path !== "") leaves.push({ path, text: node.text });
    } else if (open.length < MAX_VALUES) {
      for (const [name, member] of node.first(MAX_VALUES)) {
        open.push({ path: pathTo(path, name), value: member });
      }
    }
  }
  return leaves;
}
