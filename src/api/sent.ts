import { explainJson } from "../config/documents/explain-json.ts";
import { type Operation, Refusal } from "./operation.ts";

/** The body of a request, read as far as its operation wants it; why not, where it is too large or no JSON. */
export function readSent(
  text: string,
  { mostBytes, anyText }: Pick<Operation, "mostBytes" | "anyText">,
): { readonly body: unknown } | Refusal<"body_too_large" | "malformed_body"> {
  if (new TextEncoder().encode(text).byteLength > mostBytes) {
    return new Refusal("body_too_large", `A request may have ${mostBytes / 1_048_576} MiB at most.`);
  }
  try {
    return { body: anyText || text.trim() === "" ? {} : JSON.parse(text) };
  } catch {
    const { message, line, column } = explainJson(text);
    const place = line === undefined ? "" : ` (line ${line}, column ${column})`;
    return new Refusal("malformed_body", `The body is ${message}${place}.`);
  }
}
