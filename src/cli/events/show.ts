import { UsageError } from "../arguments.ts";
import { type Answer, readAnswer } from "../relay/answer.ts";
import { openRelayClient, type RelayClient, type RelayOptions } from "../relay/client.ts";
import { clockIn } from "../relay/clock.ts";
import { tellHowToReveal } from "../relay/masked.ts";
import { printJson } from "../relay/pages.ts";
import { clearLines } from "./clear.ts";
import { readEvent, tellEvent } from "./event.ts";
import { tellReceipt, toldReceipt } from "./receipt.ts";
import { refusedRequest, tellRequest } from "./refused-request.ts";
import { showCalls } from "./show-calls.ts";

/** What is to be seen in clear, and why. */
interface RevealOptions {
  readonly reveal?: boolean | undefined;
  readonly reason?: string | undefined;
  readonly path?: readonly string[] | undefined;
}

/** How to tell it. */
export interface ShowOptions extends RelayOptions, RevealOptions {
  readonly source?: string | undefined;
  readonly zone?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Tells what became of an event, a receipt, a refused request or a call. */
export async function show(id: string, { source, zone, json = false, ...options }: ShowOptions): Promise<void> {
  checkReveal(id, options);
  const relay = openRelayClient(options);
  const clock = clockIn(zone, Date.now());
  const tellOne = async (event: string) => {
    const answer = await askForEvent(event, relay, options);
    const lines = options.reveal === true ? clearLines(answer) : [];
    if (json) printJson(answer);
    else console.log([...tellEvent(readEvent(answer), clock), ...lines].join("\n"));
    if (answer.isMasked) (json ? console.error : console.log)(tellHowToReveal(event));
  };
  if (/^req_/.test(id)) {
    const answer = await relay.call("GET", `rejections/${encodeURIComponent(id)}`);
    if (json) return printJson(answer);
    return console.log(tellRequest(readAnswer(refusedRequest, answer), clock).join("\n"));
  }
  if (/^evt_/.test(id)) return tellOne(id);
  if (!/^rcpt_/.test(id)) return showCalls(id.replace(/^call\//, ""), source, { relay, clock, json });
  const answer = await relay.call("GET", `receipts/${encodeURIComponent(id)}`);
  if (json && options.reveal !== true) return printJson(answer);
  const told = readAnswer(toldReceipt, answer);
  if (!json) console.log(tellReceipt(told).join("\n"));
  if (told.event !== undefined) await tellOne(told.event);
}

function checkReveal(id: string, { reveal = false, reason, path }: RevealOptions): void {
  if (!reveal && (reason !== undefined || path !== undefined))
    throw new UsageError("--reason and --path need --reveal");
  if (reveal && (reason ?? "").trim() === "") throw new UsageError("--reveal needs --reason: why, in your words");
  if (reveal && !/^(?:evt|rcpt)_/.test(id)) throw new UsageError("--reveal shows one event: evt_… or rcpt_…");
}

function askForEvent(id: string, relay: RelayClient, { reveal, reason, path }: RevealOptions): Promise<Answer> {
  const event = `events/${encodeURIComponent(id)}`;
  if (reveal !== true) return relay.call("GET", event);
  return relay.call("POST", `${event}/reveal`, { body: JSON.stringify({ reason, paths: path }) });
}
