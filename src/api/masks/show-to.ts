import { type ApiRequest, type Operation, Refusal, Reply } from "../operation.ts";
import { maskOfAnswer } from "./answer-mask.ts";
import type { Mask, Masking } from "./mask.ts";
import { isClearViewTold, noteClearView } from "./note-clear-view.ts";

/** The strongest role that is not shown everything. */
const STRONGEST_MASKED = "operator";

/**
 * What somebody is shown of what an operation gives: by their role, as the schema of the answer classes each value. An
 * admin sees all, of which the audit is told first; where that cannot be, they see what an operator does. What a receiver
 * gets has the mask of its destination, and what only admins may ask for is meant for them. Never rejects.
 */
export async function showTo(request: ApiRequest, operation: Operation, result: unknown): Promise<unknown> {
  const { gives, who, isClear } = operation;
  const { role } = request.caller;
  if (result instanceof Refusal || role === "receiver" || who === "admin" || isClear) return result;
  if (role !== "admin") return masked(result, maskOfAnswer(gives, role)).shown;
  if (isClearViewTold(request)) return result;
  const { shown, hidden } = masked(result, maskOfAnswer(gives, STRONGEST_MASKED));
  return !hidden || (await noteClearView(request)) ? result : shown;
}

/** A document that is sent as its text is shown as a whole, or not at all. */
function masked(result: unknown, mask: Mask): { readonly shown: unknown; readonly hidden: boolean } {
  const masking: Masking = { hidden: false };
  if (!(result instanceof Reply)) return { shown: mask(result, masking), hidden: masking.hidden };
  const body = mask(result.body, masking);
  const isSame = body === result.body;
  const shown = isSame ? result : new Reply(typeof body === "string" ? JSON.stringify(body) : body, result.headers);
  return { shown, hidden: masking.hidden };
}
