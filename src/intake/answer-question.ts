import { answerLogin } from "../login/answer.ts";
import { noteAgent } from "../login/seen-agents.ts";
import { flushUnknownProjects } from "../login/unknown-project.ts";
import { logLine } from "../platform/log-line.ts";
import { answerJson } from "./answer-json.ts";
import type { Read } from "./body/formats.ts";
import type { InboundRequest } from "./inbound-request.ts";
import type { Proved } from "./proved.ts";
import type { Asked } from "./question.ts";
import { store } from "./store.ts";
import { writeMessage } from "./write-message.ts";

/** Answers a login question: one boolean for every project. Storing it comes behind the answer, as well as it can. */
export async function answerQuestion(
  webhook: Proved,
  read: Read,
  asked: Asked,
  inbound: InboundRequest,
): Promise<Response> {
  const { env, defer, inSpan, now } = inbound;
  const { message: written, body } = writeMessage(webhook, read, now);
  const { receipt, source, key } = written;
  const answer = () => answerLogin(webhook.source, asked.question, inbound, written.body);
  const decided = await inSpan("login.answer", answer, { receipt, source });
  const ms = Math.max(0, Date.now() - now);
  const login = { ...decided, ms };
  const { unreadable } = asked.question;
  const warnings = [...written.warnings, ...(unreadable === undefined ? [] : ["question_unreadable"])];
  const message = { ...written, warnings, login };
  defer(
    store(message, inbound).then((stored) => {
      if (!stored) logLine("warn", "login.not_stored", { receipt: message.receipt, source: message.source });
      // What a source hides stands in its question, and not in what is stored of it.
      const kept = body === read.body ? asked.question : webhook.source.vendor.question?.(body);
      noteAgent(source, kept, inbound);
    }),
  );
  flushUnknownProjects(env.LOG, defer, now);
  const { granted, mode, answered, mapVersion, mapAgeSeconds } = login;
  const warning = asked.byShape ? "answered by its shape: no known kind in the URL" : undefined;
  logLine(asked.byShape || unreadable !== undefined ? "warn" : "info", "login.decided", {
    receipt,
    source,
    key,
    granted,
    unreadable,
    mode,
    answered,
    mapVersion,
    mapAgeSeconds,
    ms,
    warning,
  });
  return answerJson(answered ?? login.projects);
}
