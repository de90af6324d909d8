import * as z from "zod";
import { readJson } from "../../platform/read-json.ts";
import type { Signature } from "./verify.ts";

const cloudEvent = z.object({
  id: z.string(),
  type: z.string(),
  source: z.string(),
  subject: z.string().optional(),
  sequence: z.string().optional(),
});

/** One request that reached the sink. */
export interface Arrival {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly subject?: string | undefined;
  /** ULID of the receipt, where the format tells it. */
  readonly sequence?: string | undefined;
  readonly attempt: number;
  readonly replay: boolean;
  readonly signature: Signature;
  readonly body: unknown;
}

/** Reads what stands in the body (formats `cloudevents` and `standard`), else in the headers. */
export function readArrival(
  text: string,
  headers: Readonly<Record<string, string>>,
  signature: Signature,
  at: number,
): Arrival {
  const json = readJson(text);
  const body = json === undefined ? text : json;
  const event = cloudEvent.safeParse(body);
  const told = event.success
    ? event.data
    : {
        id: headers["ce-id"] ?? headers["webhook-id"] ?? "",
        type: headers["ce-type"] ?? "",
        source: headers["ce-source"] ?? "",
        subject: headers["ce-subject"],
      };
  return {
    ...told,
    at,
    attempt: Number(headers["webhook-attempt"] ?? 1),
    replay: headers["webhook-replay"] === "1",
    signature,
    body,
  };
}
