import * as z from "zod";
import type { ProblemCode } from "../problem.ts";

/** What an operation works with: the parts of the request, checked, and what the Worker may use. */
export interface Call<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly env: Env;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Work that goes on after the response. */
  readonly behind: (work: Promise<unknown>) => void;
}

/** Why an operation is not done, in words for the operator. */
export class Refusal {
  readonly code: ProblemCode;
  readonly detail: string;

  constructor(code: ProblemCode, detail: string) {
    this.code = code;
    this.detail = detail;
  }
}

const nothing = z.strictObject({});
type Nothing = typeof nothing;

/** One operation of the API: what it takes and gives, as the OpenAPI document tells it and as requests are checked. */
interface Definition<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, A extends z.ZodType> {
  /** One line, for the list of operations. */
  readonly summary: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly answer: A;
  /** What it may refuse with, besides 401 and a request that is not valid. */
  readonly refusals?: readonly ProblemCode[];
  readonly run: (call: Call<z.output<P>, z.output<Q>, z.output<B>>) => Promise<z.input<A> | Refusal>;
}

/** An operation whose parts are known only as schemas, so that all of them fit in one table. */
export interface Operation {
  readonly summary: string;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly body: z.ZodType | undefined;
  readonly answer: z.ZodType;
  readonly refusals: readonly ProblemCode[];
  /** Checks the parts of a request and runs; a part that is not valid is refused, with what is wrong. */
  readonly perform: (call: Call<unknown, unknown, unknown>) => Promise<unknown>;
}

/** Makes an operation for the table. What it does not mention, it does not take. */
export function operation<
  A extends z.ZodType,
  P extends z.ZodObject = Nothing,
  Q extends z.ZodObject = Nothing,
  B extends z.ZodType = Nothing,
>(definition: Definition<P, Q, B, A>): Operation {
  const { summary, params, query, body, answer, refusals = [], run } = definition;
  return {
    summary,
    params: params ?? nothing,
    query: query ?? nothing,
    body,
    answer,
    refusals,
    perform: async (call) => {
      const checked = z
        .object({ params: params ?? nothing, query: query ?? nothing, body: body ?? nothing })
        .safeParse(call);
      return checked.success ? run({ ...call, ...checked.data }) : new Refusal("invalid_request", explain(checked.error));
    },
  };
}
