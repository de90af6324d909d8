import * as z from "zod";
import type { GuardDocument } from "../config/source.ts";

/** One boolean for each project, as Project Login has it. */
const answer = z.record(z.string(), z.boolean());
/** No answer of this kind is larger; bytes. */
const MOST_BYTES = 65_536;

/** What the responder said, or why it said nothing. */
export type Said =
  | { readonly state: "answered"; readonly projects: Readonly<Record<string, boolean>> }
  | { readonly state: "timeout" | "unreachable" | "unreadable" };

/** Asks the responder that answered before, with the vendor's own question. Never rejects. */
export async function askResponder(url: string, body: string, { askTimeoutMs }: GuardDocument): Promise<Said> {
  const signal = AbortSignal.timeout(askTimeoutMs);
  const headers = { "content-type": "application/json" };
  try {
    const response = await fetch(url, { method: "POST", headers, body, redirect: "manual", signal });
    const text = await readText(response);
    const projects = response.ok && text !== undefined ? answer.safeParse(JSON.parse(text)) : undefined;
    return projects?.success ? { state: "answered", projects: projects.data } : { state: "unreadable" };
  } catch (error) {
    if (signal.aborted) return { state: "timeout" };
    return { state: error instanceof SyntaxError ? "unreadable" : "unreachable" };
  }
}

/** Undefined when it is too large. */
async function readText({ body }: Response): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MOST_BYTES) return undefined;
  }
  return text + decoder.decode();
}
