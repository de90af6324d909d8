import { setTimeout as wait } from "node:timers/promises";
import { Refusal } from "../refusal.ts";
import type { Answer } from "../relay/answer.ts";
import { localRelayUrl, type RelayClient } from "../relay/client.ts";
import { outcomeLines, progressLine } from "./lines.ts";
import { ProgressLine } from "./progress-line.ts";
import { type ReplayView, readView } from "./view.ts";

const LOOK_MS = 1000;
/** A relay that does not answer this often in a row is away. */
const MAX_AWAY = 10;

/** How what comes of a replay is told. */
export interface Told {
  /** Prints the relay's last answer as it is. */
  readonly json?: boolean | undefined;
  /** Does not wait until all is begun. */
  readonly detach?: boolean | undefined;
}

/** Waits until a replay has counted or begun all, says how it goes meanwhile, then what came of it. */
export async function follow(relay: RelayClient, first: Answer, { json, detach }: Told): Promise<void> {
  const answer = detach ? first : await lookOn(relay, first);
  const replay = readView(answer);
  if (json) console.log(answer.text);
  else if (!isAtRest(replay)) console.log(`${replay.id} is ${replay.state}: ${commandFor(relay, "show", replay.id)}`);
  if (replay.state === "cancelled") throw new Refusal(replay.sentence);
  if (json || !isAtRest(replay)) return;
  console.log(outcomeLines(replay).join("\n"));
  if (replay.state === "counted" && replay.deliveries + replay.events > 0) {
    console.log(`  ${commandFor(relay, "start", replay.id)}  sends exactly these`);
  }
}

/** The command that does something about a replay of this relay. */
export function commandFor({ url }: RelayClient, what: "show" | "start" | "cancel", id: string): string {
  return `npx hookswitch replays ${what} ${id}${url === localRelayUrl() ? "" : ` --url ${url}`}`;
}

async function lookOn(relay: RelayClient, first: Answer): Promise<Answer> {
  let answer = first;
  if (isAtRest(readView(answer))) return answer;
  const { id } = readView(answer);
  const line = new ProgressLine();
  const leave = () => {
    line.end();
    console.error(`it goes on at the relay; ${commandFor(relay, "show", id)} tells how, cancel in its place ends it`);
    process.exit(1);
  };
  process.once("SIGINT", leave);
  try {
    for (let away = 0; !isAtRest(readView(answer)); ) {
      line.show(progressLine(readView(answer)));
      await wait(LOOK_MS);
      const looked = await relay.call("GET", `replays/${id}`).catch(orRefused);
      away = looked instanceof Refusal ? away + 1 : 0;
      if (looked instanceof Refusal && away >= MAX_AWAY) throw looked;
      if (!(looked instanceof Refusal)) answer = looked;
    }
    return answer;
  } finally {
    process.off("SIGINT", leave);
    line.end();
  }
}

function orRefused(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}

/** It goes on by itself no more. */
function isAtRest({ state }: ReplayView): boolean {
  return state !== "counting" && state !== "running";
}
