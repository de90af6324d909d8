import { readJsonText } from "../config/documents/read-json.ts";
import type { GuardDocument } from "../config/schema/source.ts";
import { isObject, type Json } from "../events/json.ts";
import { readAtMost } from "../platform/read-at-most.ts";
import { withTimeLimit } from "../platform/time-limit.ts";
import { sameId } from "./same.ts";

/** No answer of this kind is larger. */
const MAX_ANSWER_BYTES = 65_536;

/** What the responder said, or that it said nothing. */
export type Said =
  /** `granted`: projects as `sameId` has them; whatever else was asked is refused. */
  | { readonly state: "answered"; readonly granted: ReadonlySet<string>; readonly problem?: string | undefined }
  | { readonly state: "timeout" | "unreachable" };

const NONE: ReadonlySet<string> = new Set();

/**
 * Asks the responder that answered before, with the vendor's own question. One time limit covers connection, head and
 * body: who has not said all by then is silent. Once there is a head it is an answer, also one that grants nothing because
 * of its status, form or size, or because it breaks off. Never rejects.
 */
export async function askResponder(url: string, body: string, { askTimeoutMs }: GuardDocument): Promise<Said> {
  const silence = new AbortController();
  const said = await withTimeLimit(ask(url, body, silence.signal), askTimeoutMs);
  if (said.ok) return said.value;
  silence.abort();
  return { state: said.reason === "timeout" ? "timeout" : "unreachable" };
}

async function ask(url: string, body: string, signal: AbortSignal): Promise<Said> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body, redirect: "manual", signal });
  if (!response.ok) {
    await response.body?.cancel();
    return refused(`status ${response.status}`);
  }
  try {
    const bytes = await readAtMost(response.body, MAX_ANSWER_BYTES);
    return bytes === undefined ? refused("too large") : readAnswer(new TextDecoder().decode(bytes));
  } catch {
    return refused("broken off");
  }
}

function refused(problem: string): Said {
  return { state: "answered", granted: NONE, problem };
}

function readAnswer(text: string): Said {
  try {
    const { value, repeated } = readJsonText(text);
    if (!isObject(value)) return refused("no object");
    return { state: "answered", granted: grantedIn(value, new Set(repeated.map(([name]) => String(name)))) };
  } catch {
    return refused("no JSON");
  }
}

/** A project that is answered twice, in one spelling or in several, is granted if every answer grants it. */
function grantedIn(answer: Readonly<Record<string, Json>>, repeated: ReadonlySet<string>): Set<string> {
  const entries = Object.entries(answer);
  const granted = new Set(entries.map(([project]) => sameId(project)));
  for (const [project, word] of entries) if (!grants(word) || repeated.has(project)) granted.delete(sameId(project));
  return granted;
}

/** `true` and 1, also as text. */
function grants(word: Json): boolean {
  return word === true || word === 1 || (typeof word === "string" && /^(?:true|1)$/i.test(word.trim()));
}
