import type * as z from "zod";

/** Sentences of the library's own; any other was written for this member. */
const LIBRARY = /^(?:Invalid|Too (?:small|big)|Unrecognized)/;

const HAS_TO_BE = "has to be ";

const kinds: Readonly<Record<string, string>> = {
  array: "a list",
  tuple: "a list",
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "an object",
  record: "an object",
};

/** What is counted where something is too small or too big; a number is counted by itself. */
const units: Readonly<Record<string, readonly [one: string, more: string]>> = {
  string: ["character", "characters"],
  array: ["item", "items"],
};

/** What is wrong with a value, for people: `has to be one of crm, bi` where the library says `expected one of "crm"|"bi"`. */
export function issueText(issue: z.core.$ZodIssue): string {
  return LIBRARY.test(issue.message) ? (inWords(issue) ?? issue.message) : issue.message;
}

function inWords(issue: z.core.$ZodIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return ofType(issue);
    case "invalid_value":
      return issue.values.length === 1
        ? `has to be ${String(issue.values[0])}`
        : `has to be one of ${issue.values.map(String).join(", ")}`;
    case "too_small":
      return bound(issue.inclusive === false ? "more than" : "at least", issue.minimum, issue.origin);
    case "too_big":
      return bound(issue.inclusive === false ? "less than" : "at most", issue.maximum, issue.origin);
    case "invalid_key":
      return ofName(issue);
    case "invalid_union":
      return ofUnion(issue);
    case "unrecognized_keys":
      return `no such member: ${issue.keys.join(", ")}`;
    default:
      return undefined;
  }
}

function ofType({ expected, message }: z.core.$ZodIssueInvalidType): string | undefined {
  const kind = kinds[expected];
  if (kind === undefined) return undefined;
  return message.endsWith("received undefined") ? `is missing; it has to be ${kind}` : `has to be ${kind}`;
}

/** Of what kind or of which words it has to be, where it is of none of them; what is wrong inside of one is not told here. */
function ofUnion({ errors }: z.core.$ZodIssueInvalidUnion): string | undefined {
  const words = errors.map(([first]) => (first?.path.length === 0 ? inWords(first) : undefined));
  const choices = words.flatMap((text) => (text?.startsWith(HAS_TO_BE) ? text.slice(HAS_TO_BE.length) : []));
  const isWhole = choices.length > 0 && choices.length === words.length;
  return isWhole ? `${HAS_TO_BE}${[...new Set(choices)].join(" or ")}` : undefined;
}

function bound(words: string, limit: number | bigint, origin: string): string {
  const [one, more] = units[origin] ?? ["", ""];
  return `has to be ${words} ${limit} ${Number(limit) === 1 ? one : more}`.trimEnd();
}

/** What a name has to be is said where it was written; that it is none is said anyhow. */
function ofName({ issues: [first] }: z.core.$ZodIssueInvalidKey): string {
  const why = first === undefined ? undefined : issueText(first);
  return why === undefined || LIBRARY.test(why) ? "no name that can stand here" : `no name that can stand here: ${why}`;
}
