import * as z from "zod";
import { issueText } from "../platform/text/issue-text.ts";
import type { Work } from "../platform/work.ts";
import type { ProblemCode } from "../problem.ts";
import type { Caller, Role } from "./people/role.ts";

/** A request to the API, and what its operation may use. */
export interface ApiRequest extends Work {
  readonly headers: Headers;
  /** The body as it was sent. */
  readonly text: string;
  readonly caller: Caller;
}

/** Why an operation is not done; `detail` is one sentence for the operator, `members` what a program can read of it. */
export class Refusal<Code extends ProblemCode = ProblemCode> {
  readonly code: Code;
  readonly detail: string;
  readonly members: object;

  constructor(code: Code, detail: string, members: object = {}) {
    this.code = code;
    this.detail = detail;
    this.members = members;
  }
}

/** An answer with headers of its own. A text is sent as it is: a document keeps its bytes. */
export class Reply {
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;

  constructor(body: unknown, headers: Readonly<Record<string, string>>) {
    this.body = body;
    this.headers = headers;
  }
}

/** The schemas of what a request brings. A part that is not named must bring nothing. */
type Takes = { readonly params?: z.ZodObject; readonly query?: z.ZodObject; readonly body?: z.ZodType };

interface Definition<T extends Takes, G extends z.ZodType, C extends ProblemCode> {
  /** One line for the list of operations. */
  readonly summary: string;
  /** The least role that may do it. */
  readonly who: Role;
  readonly takes: T;
  readonly gives: G;
  /** What it may refuse with, besides 401 and a request that is not valid: whatever `run` refuses with is declared here. */
  readonly refusals?: readonly C[];
  /** Bytes that a request may have, 1 MiB unless given. */
  readonly mostBytes?: number;
  /** The body is judged by the operation itself, as the text that was sent: it may be no JSON at all. */
  readonly anyText?: boolean;
  /**
   * Shown as it is, to whoever may do it: it masks what they may not see by itself, and tells the audit. Any other answer
   * is masked by the classes of its schema.
   */
  readonly clear?: true;
  readonly run: (
    call: ApiRequest & z.output<z.ZodObject<T>>,
  ) => Promise<z.input<G> | Reply | Refusal<NoInfer<C> | "invalid_request">>;
  /**
   * What a receiver gets, which is bound to one destination, and may know of nothing else. Without it, no receiver may do
   * it.
   */
  readonly receiver?: (
    call: ApiRequest & z.output<z.ZodObject<T>>,
    destination: string,
  ) => Promise<z.input<G> | Reply | Refusal<NoInfer<C> | "invalid_request" | "forbidden">>;
}

/** An operation of the API, ready for the table of routes: its schemas check the requests and make the OpenAPI document. */
export interface Operation<G extends z.ZodType = z.ZodType> {
  readonly summary: string;
  readonly who: Role;
  readonly takes: Takes;
  readonly gives: G;
  readonly refusals: readonly ProblemCode[];
  readonly mostBytes: number;
  readonly anyText: boolean;
  /** Whether its answer is shown as it is. */
  readonly isClear: boolean;
  /** Whether receivers may do it, each for its own destination. */
  readonly isForReceivers: boolean;
  /** Checks the parts of a request, and runs; a part that is not valid is refused with what is wrong. */
  readonly perform: (
    parts: { params: unknown; query: unknown; body: unknown },
    request: ApiRequest,
  ) => Promise<unknown>;
}

const nothing = z.strictObject({});
const MAX_BODY_BYTES = 1_048_576;

/** Makes an operation. */
export function operation<T extends Takes, G extends z.ZodType, const C extends ProblemCode = never>(
  definition: Definition<T, G, C>,
): Operation<G> {
  const {
    summary,
    who,
    takes,
    gives,
    refusals = [],
    mostBytes = MAX_BODY_BYTES,
    anyText = false,
    clear,
    run,
    receiver,
  } = definition;
  const taken = z.object(takes);
  const untaken = z.object({ ...(takes.query ? {} : { query: nothing }), ...(takes.body ? {} : { body: nothing }) });
  return {
    summary,
    who,
    takes,
    gives,
    refusals,
    mostBytes,
    anyText,
    isClear: clear === true,
    isForReceivers: receiver !== undefined,
    perform: async (parts, request) => {
      const [checked, surplus] = [taken.safeParse(parts), untaken.safeParse(parts)];
      if (!checked.success) return new Refusal("invalid_request", explain(checked.error));
      if (!surplus.success) return new Refusal("invalid_request", explain(surplus.error));
      const call = { ...request, ...checked.data };
      const { role, destination } = request.caller;
      if (role !== "receiver") return run(call);
      // Whoever serves has asked before; should nobody, nothing is told.
      return receiver === undefined || destination === undefined ? notForReceivers : receiver(call, destination);
    },
  };
}

const notForReceivers = new Refusal("forbidden", "This is not for receivers.");

/** What is wrong with a request, each fault with its place: `query.limit: …`. Values are not repeated. */
function explain({ issues }: z.ZodError): string {
  return issues.map((issue) => `${issue.path.join(".")}: ${issueText(issue)}`).join("; ");
}
