import { NotAudited } from "../log/audit/not-audited.ts";

/** Why what was asked for was not done, if it is known that it was not; undefined of any other error. */
export function whyNotDone(error: Error): string | undefined {
  return error instanceof NotAudited
    ? "Nothing was done, because the audit cannot be written at the moment: try again in a minute."
    : undefined;
}
