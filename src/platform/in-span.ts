/** What a span says of its stage; no value of it is a person's or a secret. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Runs a stage as a span of the invocation's trace, where there is one, and gives what the stage gives. */
export type InSpan = <T>(name: string, stage: () => T, about?: SpanAttributes) => T;

/** What of a runtime's tracing is used; older runtimes, and invocations by tests, have none. */
interface Traced {
  readonly tracing?: Pick<Tracing, "enterSpan" | "getActiveSpan">;
}

/**
 * The spans of an invocation. Where it is not traced, a stage runs by itself: a span that nobody sees costs microseconds.
 * https://developers.cloudflare.com/workers/observability/traces/custom-spans/
 * @param context looked at when the first stage begins
 */
export function spansOf(context: () => Traced): InSpan {
  let tracing: Traced["tracing"] | null;
  return (name, stage, about) => {
    if (tracing === undefined) tracing = tracingOf(context());
    if (tracing === null || tracing === undefined) return stage();
    return tracing.enterSpan(name, (span) => {
      if (about !== undefined) span.setAttributes({ ...about });
      return stage();
    });
  };
}

function tracingOf({ tracing }: Traced): Traced["tracing"] | null {
  return tracing?.getActiveSpan?.()?.isTraced === true ? tracing : null;
}
