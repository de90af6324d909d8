import type * as z from "zod";
import { type Shown, showTo } from "./masks/show-to.ts";
import { type ApiRequest, type Operation, Refusal, Reply } from "./operation.ts";
import { type Caller, isAtLeast } from "./people/role.ts";

/** The parts of a request, as they came. */
export interface Parts {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/** Does an operation for whoever calls, if their role may: the one way to it, for the API and for the dashboard. */
export async function perform(operation: Operation, parts: Parts, request: ApiRequest): Promise<Shown> {
  return showTo(request, operation, refuseRole(request.caller, operation) ?? (await operation.perform(parts, request)));
}

/** Does an operation, and reads its answer by its own schema. */
export async function askAs<G extends z.ZodType>(
  { operation, parts }: { readonly operation: Operation<G>; readonly parts: Parts },
  request: Omit<ApiRequest, "text">,
): Promise<z.output<G> | Refusal> {
  const text = typeof parts.body === "string" ? parts.body : JSON.stringify(parts.body);
  const { result } = await perform(operation, parts, { ...request, text });
  if (result instanceof Refusal) return result;
  return operation.gives.parse(result instanceof Reply ? readBody(result.body) : result);
}

function readBody(body: unknown): unknown {
  return typeof body === "string" ? JSON.parse(body) : body;
}

/** Why a caller may not do an operation, whatever else is asked; undefined where their role may. */
export function refuseRole(caller: Caller, { who, isForReceivers }: Operation): Refusal<"forbidden"> | undefined {
  const mayDo = caller.role === "receiver" ? isForReceivers : isAtLeast(caller, who);
  return mayDo ? undefined : new Refusal("forbidden", `This needs the role ${who}; yours is ${caller.role}.`);
}
