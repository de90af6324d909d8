import * as z from "zod";
import type { Clock } from "../relay/clock.ts";
import { paint } from "../terminal.ts";

/** A refused request, as the API has it. */
export const refusedRequest = z.object({
  request: z.string(),
  at: z.iso.datetime(),
  source: z.string(),
  kind: z.string().optional(),
  reason: z.string(),
  status: z.number(),
  bytes: z.number().optional(),
  agent: z.string().optional(),
  address: z.string().optional(),
  sentence: z.string(),
  next: z.string(),
});
export type RefusedRequest = z.infer<typeof refusedRequest>;

/** A refused request in sentences. */
export function tellRequest(request: RefusedRequest, clock: Clock): string[] {
  const { kind, status, reason, bytes, agent, address } = request;
  const about = kind === undefined ? "" : `, kind ${kind}`;
  const sender = [
    ...(address === undefined ? [] : [`network ${address}`]),
    ...(agent === undefined ? [] : [`user agent ${agent}`]),
    ...(bytes === undefined ? [] : [`${bytes} bytes`]),
  ];
  return [
    `${request.request} was refused at ${clock.show(request.at)}: ${status} ${reason}, source ${request.source}${about}`,
    `  ${request.sentence}`,
    ...(sender.length === 0 ? [] : [`  It came from ${sender.join(", ")}.`]),
    nextLine(request.next),
  ];
}

/** What to do, as a line below. */
export function nextLine(next: string): string {
  return `  ${paint("cyan", `→ ${next}`)}`;
}
