import { type ApiRequest, type Operation, Refusal, Reply } from "../operation.ts";
import { maskOfAnswer } from "./answer-mask.ts";
import type { Mask, Masking } from "./mask.ts";
import { isClearViewTold, noteClearView } from "./note-clear-view.ts";

/** What is shown of a result, and whether anything of it is hidden. */
export interface Shown {
  readonly result: unknown;
  readonly isMasked: boolean;
}

/** The strongest role that is not shown everything. */
const STRONGEST_MASKED = "operator";

/**
 * What somebody is shown of what an operation gives: by their role, as the schema of the answer classes each value. An
 * admin sees all, of which the audit is told first; where that cannot be, they see what an operator does. What a receiver
 * gets has the mask of its destination, and what only admins may ask for is meant for them. Never rejects.
 */
export async function showTo(request: ApiRequest, operation: Operation, result: unknown): Promise<Shown> {
  const { gives, who, isClear } = operation;
  const { role } = request.caller;
  if (result instanceof Refusal || role === "receiver" || who === "admin" || isClear)
    return { result, isMasked: false };
  if (role !== "admin") return masked(result, maskOfAnswer(gives, role));
  if (isClearViewTold(request)) return { result, isMasked: false };
  const asMasked = masked(result, maskOfAnswer(gives, STRONGEST_MASKED));
  return !asMasked.isMasked || (await noteClearView(request)) ? { result, isMasked: false } : asMasked;
}

/** A document that is sent as its text is shown as a whole, or not at all. */
function masked(result: unknown, mask: Mask): Shown {
  const masking: Masking = { hidden: false };
  if (!(result instanceof Reply)) return { result: mask(result, masking), isMasked: masking.hidden };
  const body = mask(result.body, masking);
  const isSame = body === result.body;
  const shown = isSame ? result : new Reply(typeof body === "string" ? JSON.stringify(body) : body, result.headers);
  return { result: shown, isMasked: masking.hidden };
}
