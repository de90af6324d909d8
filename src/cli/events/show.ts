import { readAnswer } from "../relay/answer.ts";
import { openRelayClient, type RelayOptions } from "../relay/client.ts";
import { clockIn } from "../relay/clock.ts";
import { printJson } from "../relay/pages.ts";
import { readEvent, tellEvent } from "./event.ts";
import { tellReceipt, toldReceipt } from "./receipt.ts";
import { refusedRequest, tellRequest } from "./refused-request.ts";
import { showCalls } from "./show-calls.ts";

/** How to tell it. */
export interface ShowOptions extends RelayOptions {
  readonly source?: string | undefined;
  readonly zone?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Tells what became of an event, a receipt, a refused request or a call. */
export async function show(id: string, { source, zone, json = false, ...options }: ShowOptions): Promise<void> {
  const relay = openRelayClient(options);
  const clock = clockIn(zone, Date.now());
  if (/^req_/.test(id)) {
    const answer = await relay.call("GET", `rejections/${encodeURIComponent(id)}`);
    if (json) return printJson(answer);
    return console.log(tellRequest(readAnswer(refusedRequest, answer), clock).join("\n"));
  }
  if (/^evt_/.test(id)) {
    const answer = await relay.call("GET", `events/${encodeURIComponent(id)}`);
    return json ? printJson(answer) : console.log(tellEvent(readEvent(answer), clock).join("\n"));
  }
  if (!/^rcpt_/.test(id)) return showCalls(id.replace(/^call\//, ""), source, { relay, clock, json });
  const answer = await relay.call("GET", `receipts/${encodeURIComponent(id)}`);
  if (json) return printJson(answer);
  const told = readAnswer(toldReceipt, answer);
  console.log(tellReceipt(told).join("\n"));
  if (told.event === undefined) return;
  const event = await relay.call("GET", `events/${encodeURIComponent(told.event)}`);
  console.log(tellEvent(readEvent(event), clock).join("\n"));
}
