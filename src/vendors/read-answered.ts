import type { Draft } from "../events/draft.ts";
import { isObject } from "../events/json.ts";
import type { Answer } from "../events/parts/answer.ts";
import { subjects } from "../events/subject.ts";
import type { Vendor, Webhook } from "./vendor.ts";
import { USUAL_WINDOW_MS } from "./windows.ts";

/** A question to a responder with its answer, as it is kept where the source records them. */
export const RECORD = { question: "question", answer: "answer" } as const;

/** The event of a question that a responder was to answer. The call is told only where the question was recorded. */
export function readAnswered({ asked = {} }: Vendor, { kind = "", body }: Webhook, answer: Answer): Draft {
  const question = isObject(body) ? body[RECORD.question] : undefined;
  const id = Object.hasOwn(asked, kind) ? asked[kind]?.callId?.(question ?? null) : undefined;
  return {
    type: "sync.answered",
    vendorEvent: kind,
    subject: subjects.call(id),
    callId: id,
    data: { answer, call: id === undefined ? undefined : { id } },
    warnings: [],
    kind,
    // Each is an event of its own besides.
    windowMs: USUAL_WINDOW_MS,
  };
}
