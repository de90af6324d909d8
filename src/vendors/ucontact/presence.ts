import * as z from "zod";
import { status as statusClass } from "../../events/classes.ts";
import type { KindDraft } from "../../events/draft.ts";
import type { AgentStatus } from "../../events/parts/work.ts";
import { subjects } from "../../events/subject.ts";
import type { Reading } from "../kind.ts";
import { labelOf, type SourceSettings } from "../source-settings.ts";
import { flag, readFields, text } from "../values/fields.ts";
import { frame } from "./frame.ts";
import { agentOf, common } from "./people.ts";

export const agentLog = z.object({ ...common, isLogin: flag });
export const agentBreak = z.object({ ...common, motive: text, isBreak: flag });

/** An agent logged in or out. Without the flag nobody can say which. */
export function readLog(reading: Reading): KindDraft {
  const { isLogin, ...body } = readFields(agentLog, reading.body);
  if (isLogin === undefined) return { type: "vendor.unknown", data: {}, warnings: ["flag_unreadable"] };
  const agent = agentOf(body);
  return {
    ...frame(reading, body.date),
    type: isLogin ? "agent.logged_in" : "agent.logged_out",
    subject: subjects.agent(agent),
    data: { agent },
  };
}

/** An agent's break began or ended. What follows a break the vendor does not say. */
export function readBreak(reading: Reading): KindDraft {
  const { motive, isBreak, ...body } = readFields(agentBreak, reading.body);
  const agent = agentOf(body);
  const { time, warnings } = frame(reading, body.date);
  return {
    time,
    warnings: isBreak === undefined ? ["flag_unreadable", ...warnings] : warnings,
    type: "agent.status_changed",
    subject: subjects.agent(agent),
    data: { agent, status: { ...breakOf(isBreak, motive, reading.source), reason: motive } },
  };
}

/** The motive is a break that the tenant configured; its labels may put it into another class. */
function breakOf(isBreak: boolean | undefined, motive: string | undefined, source: SourceSettings): AgentStatus {
  const given = labelOf(source, "status", motive);
  const state = statusClass.safeParse(given?.outcome).data ?? "break";
  const label = given?.label ?? motive;
  if (isBreak === undefined) return {};
  return isBreak ? { current: state, currentLabel: label } : { previous: state, previousLabel: label };
}
