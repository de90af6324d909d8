import type { Deed } from "../../log/audit/entry.ts";
import { deletePause } from "../../log/pauses.ts";
import { logLine } from "../../platform/log-line.ts";
import { callGate } from "../gate/ask-gate.ts";
import { forgetPauses } from "../gate/known-pauses.ts";
import { GATE_LIMIT_MS } from "../gate/pause.ts";
import { release } from "./release.ts";

/** `woken`: deliveries that go on at once; the others follow. Without an answer of the gate the pause stands. */
export type Resumed =
  | { readonly ok: true; readonly woken: number }
  | { readonly ok: false; readonly reason: "gate_unreachable" };

/** Ends a pause, and lets what waited go on. Rejects when the log cannot be written. */
export async function resumeDestination(env: Env, destination: string, deed: Deed, now: number): Promise<Resumed> {
  const opened = await callGate(env.GATE, destination, GATE_LIMIT_MS, (gate) => gate.resume());
  if (!opened.ok) return { ok: false, reason: "gate_unreachable" };
  await deletePause(env.LOG, destination, deed, now);
  forgetPauses();
  logLine("info", "destination.resumed", { destination, who: deed.who });
  return { ok: true, woken: await release(env, destination) };
}
