import { explainJson } from "../config/documents/explain-json.ts";
import { findRepeated } from "../config/documents/read-json.ts";
import { type Operation, Refusal } from "./operation.ts";

/** The body of a request, read as far as its operation wants it; why not, where it is too large or no JSON. */
export function readSent(
  text: string,
  { mostBytes, anyText }: Pick<Operation, "mostBytes" | "anyText">,
): { readonly body: unknown } | Refusal<"body_too_large" | "malformed_body" | "invalid_request"> {
  if (new TextEncoder().encode(text).byteLength > mostBytes) {
    return new Refusal("body_too_large", `A request may have ${mostBytes / 1_048_576} MiB at most.`);
  }
  if (anyText || text.trim() === "") return { body: {} };
  try {
    const body: unknown = JSON.parse(text);
    // Which of the two was meant, nobody knows. Documents and bodies of vendors below the top are judged by whoever reads them.
    const twice = findRepeated(text, body).find(([top, ...below]) => top === "filter" || below.length === 0);
    return twice === undefined
      ? { body }
      : new Refusal("invalid_request", `body.${twice.join(".")}: this name stands twice`);
  } catch {
    const { message, line, column } = explainJson(text);
    const place = line === undefined ? "" : ` (line ${line}, column ${column})`;
    return new Refusal("malformed_body", `The body is ${message}${place}.`);
  }
}
