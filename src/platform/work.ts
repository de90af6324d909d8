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

/** The work of an invocation that begins now. */
export function workOf(invocation: {
  readonly env: Env;
  readonly executionCtx: Pick<ExecutionContext, "waitUntil">;
}): Work {
  return { env: invocation.env, now: Date.now(), defer: (work) => invocation.executionCtx.waitUntil(work) };
}
