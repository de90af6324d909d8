import type * as z from "zod";
import { type Shown, showTo } from "./masks/show-to.ts";
import { type ApiRequest, type Operation, Refusal, Reply } from "./operation.ts";
import { type Caller, isAtLeast } from "./people/role.ts";
import { readSent } from "./sent.ts";

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

/** What is asked, of which operation. A body that is text is sent as it is. */
export interface Asked<G extends z.ZodType> {
  readonly operation: Operation<G>;
  readonly parts: Parts;
}

/** A document as it was written, and the version that its ETag names. */
export interface ToldDocument {
  readonly text: string;
  readonly version: string;
}

type Asker = Omit<ApiRequest, "text">;

/** Does an operation, and reads its answer by its own schema. */
export async function askAs<G extends z.ZodType>(asked: Asked<G>, request: Asker): Promise<z.output<G> | Refusal> {
  const result = await send(asked, request);
  if (result instanceof Refusal) return result;
  return asked.operation.gives.parse(result instanceof Reply ? readBody(result.body) : result);
}

/** Does an operation that gives a document, whose text is handed on as it is. */
export async function askForDocument(asked: Asked<z.ZodType>, request: Asker): Promise<ToldDocument | Refusal> {
  const result = await send(asked, request);
  if (result instanceof Refusal) return result;
  const { body, headers } = result instanceof Reply ? result : new Reply(result, {});
  const text = typeof body === "string" ? body : JSON.stringify(body, undefined, 2);
  return { text, version: (headers.etag ?? "").replaceAll('"', "") };
}

async function send({ operation, parts }: Asked<z.ZodType>, request: Asker): Promise<unknown> {
  const text = typeof parts.body === "string" ? parts.body : JSON.stringify(parts.body);
  const sent = readSent(text, operation);
  if (sent instanceof Refusal) return sent;
  const { result } = await perform(operation, { ...parts, body: sent.body }, { ...request, text });
  return result;
}

function readBody(body: unknown): unknown {
  return typeof body === "string" ? JSON.parse(body) : body;
}

/** Why a caller may not do an operation, whatever else is asked; undefined where their role may. */
export function refuseRole(caller: Caller, { who, isForReceivers }: Operation): Refusal<"forbidden"> | undefined {
  const mayDo = caller.role === "receiver" ? isForReceivers : isAtLeast(caller, who);
  return mayDo ? undefined : new Refusal("forbidden", `This needs the role ${who}; yours is ${caller.role}.`);
}
