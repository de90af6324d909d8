import type { RequestId } from "./platform/request-id.ts";

/** Every error that is seen from outside: its code, status and title. Closed. */
const problems = {
  malformed_body: [400, "The body cannot be read"],
  unauthorized: [401, "Unauthorized"],
  forbidden: [403, "Forbidden"],
  not_found: [404, "Not found"],
  method_not_allowed: [405, "Method not allowed"],
  confirmation_needed: [409, "The change needs to be confirmed"],
  precondition_failed: [412, "Another change came first"],
  body_too_large: [413, "The body is too large"],
  invalid_question: [422, "The question cannot be answered"],
  invalid_request: [422, "The request is not valid"],
  too_many_failures: [429, "Too many failed requests"],
  internal_error: [500, "Internal error"],
  not_supported: [501, "Not supported"],
  relay_key_missing: [503, "No relay key"],
  log_unreadable: [503, "The log cannot be read"],
  no_answer: [503, "Nobody has an answer"],
  not_ready: [503, "Not ready"],
  not_stored: [503, "The webhook could not be stored"],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemCode = keyof typeof problems;

/** The HTTP status of an error. */
export function httpStatusOf(code: ProblemCode): number {
  return problems[code][0];
}

/**
 * An error as RFC 9457 problem details. `detail`: one helpful sentence; `instance`: the request's id; `members`: what
 * else a program can read of it.
 */
export function problem(
  code: ProblemCode,
  instance: RequestId,
  detail?: string,
  headers: Readonly<Record<string, string>> = {},
  members: object = {},
): Response {
  const [status, title] = problems[code];
  return Response.json(
    {
      type: `urn:hookswitch:problem:${code}`,
      title,
      status,
      code,
      ...(detail === undefined ? {} : { detail }),
      instance,
      ...members,
    },
    { status, headers: { "content-type": "application/problem+json", "cache-control": "no-store", ...headers } },
  );
}
