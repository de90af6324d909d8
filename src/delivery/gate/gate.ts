import { DurableObject } from "cloudflare:workers";
import * as z from "zod";
import { sendInTime } from "../../platform/send-in-time.ts";
import type { ProbeCall } from "../wake-up.ts";
import {
  type Admission,
  type AdmissionRequest,
  admit,
  applyReport,
  freshGate,
  type GateState,
  type Report,
} from "./admission.ts";
import { closedBreaker, passageAt } from "./breaker.ts";

/** What must outlive an eviction; all else may begin anew. */
const kept = z.object({
  destination: z.string(),
  openUntil: z.number().default(0),
  since: z.number().default(0),
  failures: z.number().default(0),
  pause: z.number().default(0),
  paused: z.object({ since: z.number(), reason: z.string() }).optional(),
});
const KEY = "gate";

/** How a gate stands. Times are milliseconds since the epoch. */
export interface GateStatus {
  readonly breaker: "closed" | "open" | "half_open";
  /** Failures in a row. */
  readonly failures: number;
  /** Since when it is open. */
  readonly since?: number | undefined;
  /** When an open breaker lets a probe pass. */
  readonly until?: number | undefined;
  /** When the next probe goes, if nothing is heard of the one that may be under way. */
  readonly nextProbe?: number | undefined;
  readonly paused?: { readonly since: number; readonly reason: string } | undefined;
}

/** The gate of one destination: the one place where all batches that would send to it meet. */
export class Gate extends DurableObject<Env> {
  #state: GateState = freshGate;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const found = kept.safeParse(ctx.storage.kv.get(KEY)).data;
    if (found === undefined) return;
    const { openUntil, since, failures, pause, paused } = found;
    this.#state = { ...freshGate, breaker: { ...closedBreaker, openUntil, since, failures, pause }, paused };
  }

  /** A batch asks before it sends. */
  admit(asked: AdmissionRequest): Admission {
    const { state, admission } = admit(this.#state, asked, Date.now());
    this.#state = state;
    return admission;
  }

  /** A batch tells what came of it. `closed`: it closed the breaker, and what is held can go on. */
  async report(report: Report): Promise<{ closed: boolean }> {
    const before = this.#state.breaker;
    await this.#become(applyReport(this.#state, report, Date.now()));
    return { closed: before.openUntil !== 0 && this.#state.breaker.openUntil === 0 };
  }

  /** Nothing passes from now on. A pause that stands already is kept. */
  async pause(reason: string): Promise<void> {
    await this.#become({ ...this.#state, paused: this.#state.paused ?? { since: Date.now(), reason } });
  }

  /** Ends a pause, and closes the breaker: whoever resumes has seen to the destination. */
  async resume(): Promise<void> {
    await this.#become({ ...this.#state, paused: undefined, breaker: closedBreaker });
  }

  /** How the gate stands. */
  status(): GateStatus {
    const { breaker, paused } = this.#state;
    const { openUntil, since, failures } = breaker;
    if (openUntil === 0) return { breaker: "closed", failures, paused };
    const now = Date.now();
    const passage = passageAt(breaker, true, now);
    const nextProbe = passage.kind === "none" ? passage.retryAt : now;
    return { breaker: now < openUntil ? "open" : "half_open", failures, since, until: openUntil, nextProbe, paused };
  }

  /** The pause of an open breaker is over: calls for a probe. */
  override async alarm(): Promise<void> {
    const { destination } = kept.safeParse(this.ctx.storage.kv.get(KEY)).data ?? {};
    if (destination === undefined || this.#state.paused !== undefined || this.#state.breaker.openUntil === 0) return;
    await sendInTime(this.env.RETRIES.send({ v: 1, probe: destination } satisfies ProbeCall));
  }

  /** Rows written cost: only what changed is kept, and the common case is that nothing is. */
  async #become(state: GateState): Promise<void> {
    const { breaker, paused } = this.#state;
    this.#state = state;
    const { openUntil, since, failures, pause } = state.breaker;
    if (openUntil === breaker.openUntil && state.paused === paused) return;
    if (openUntil === 0 && state.paused === undefined) {
      this.ctx.storage.kv.delete(KEY);
      return;
    }
    const destination = this.ctx.id.name ?? "";
    const keeps: z.infer<typeof kept> = { destination, openUntil, since, failures, pause, paused: state.paused };
    this.ctx.storage.kv.put(KEY, keeps);
    if (openUntil > breaker.openUntil) await this.ctx.storage.setAlarm(openUntil);
  }
}
