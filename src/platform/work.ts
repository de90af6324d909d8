import { type InSpan, spansOf } from "./in-span.ts";

/**
 * One invocation of the Worker: what it may use, when it began, and what goes on after its answer.
 * @typeParam Bindings those that are needed
 */
export interface Work<Bindings = Env> {
  readonly env: Bindings;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Lets work go on after the answer. */
  readonly defer: (work: Promise<unknown>) => void;
}

/** The same, with the trace in which its stages show. */
export interface TracedWork<Bindings = Env> extends Work<Bindings> {
  readonly inSpan: InSpan;
}

/** The work of an invocation that begins now. */
export function workOf(invocation: {
  readonly env: Env;
  readonly executionCtx: Pick<ExecutionContext, "waitUntil"> & Partial<Pick<ExecutionContext, "tracing">>;
}): TracedWork {
  // A request of a test may have no context: it is asked for when it is needed.
  return {
    env: invocation.env,
    now: Date.now(),
    defer: (work) => invocation.executionCtx.waitUntil(work),
    inSpan: spansOf(() => invocation.executionCtx),
  };
}
