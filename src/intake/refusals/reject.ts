import { logLine } from "../../platform/log-line.ts";
import { type ProblemCode, problem } from "../../problem.ts";
import type { InboundRequest } from "../inbound-request.ts";

/** Why a request is refused, for the log; `source` only where it is known. */
export interface RefusalReason {
  readonly reason: string;
  readonly source?: string | undefined;
}

/** The answer to a refused request, and its line in the log. `detail`: one helpful sentence for the sender. */
export function reject(
  code: ProblemCode,
  { reason, source }: RefusalReason,
  inbound: InboundRequest,
  detail?: string,
  headers?: Readonly<Record<string, string>>,
): Response {
  const instance = inbound.instance();
  const response = problem(code, instance, detail, headers);
  logLine("warn", "webhook.rejected", { request: instance, source, reason, status: response.status });
  return response;
}
