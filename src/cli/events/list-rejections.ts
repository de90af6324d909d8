import * as z from "zod";
import { readAnswer } from "../relay/answer.ts";
import { openRelayClient, type RelayOptions } from "../relay/client.ts";
import { clockIn } from "../relay/clock.ts";
import { printJson, toParameters } from "../relay/pages.ts";
import { remarkUnknown } from "../relay/remark-unknown.ts";
import { columns, paint } from "../terminal.ts";
import { nextLine, refusedRequest } from "./refused-request.ts";

/** Which refused requests, and how to tell them. */
export interface RejectionsOptions extends RelayOptions {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly zone?: string | undefined;
  readonly source?: string | undefined;
  readonly reason?: string | undefined;
  readonly limit: number;
  readonly json?: boolean | undefined;
}

const MAX_PER_PAGE = 200;
const answer = z.object({
  items: z.array(
    z.object({
      day: z.string(),
      source: z.string(),
      reason: z.string(),
      times: z.number(),
      last: z.iso.datetime(),
      sentence: z.string(),
      next: z.string(),
    }),
  ),
  requests: z.array(refusedRequest),
});

/** Tells which requests were refused: counted, with what to do, and then one by one. */
export async function listRejections({ limit, json, url, token, zone, ...search }: RejectionsOptions): Promise<void> {
  const clock = clockIn(zone, Date.now());
  const query = { ...search, zone: clock.zone, limit: String(Math.min(limit, MAX_PER_PAGE)) };
  const relay = openRelayClient({ url, token });
  const answered = await relay.call("GET", `rejections?${toParameters(query)}`);
  if (json) return printJson(answered);
  const { items, requests } = readAnswer(answer, answered);
  if (items.length === 0 && requests.length === 0) {
    return console.log(`no request was refused${await remarkUnknown(relay, search)}`);
  }
  for (const { day, source, reason, times, last, sentence, next } of items) {
    console.log(`${paint("red", `${source}: ${reason}`)}, ${times}x on ${day} (UTC), last at ${clock.show(last)}`);
    console.log(`  ${sentence}\n${nextLine(next)}`);
  }
  if (requests.length === 0) return;
  console.log(paint("bold", "\nOne by one, those that are kept:"));
  const lines = requests.map(({ at, source, kind = "", reason, address = "", request }) => {
    return [paint("dim", clock.show(at)), source, kind, reason, address, request];
  });
  console.log(columns(lines).join("\n"));
}
