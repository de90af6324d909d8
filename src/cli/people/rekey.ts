import * as z from "zod";
import { ToldFailure } from "../refusal.ts";
import { readAnswer } from "../relay/answer.ts";
import { openRelayClient, type RelayOptions } from "../relay/client.ts";
import { paint } from "../terminal.ts";

const answer = z.object({
  version: z.string(),
  resealed: z.array(z.string()),
  unopened: z.array(z.string()),
});

/** Has a relay seal anew what is sealed under the previous key; fails when something opens under neither key. */
export async function rekey({ json, ...relay }: RelayOptions & { json?: boolean | undefined }): Promise<void> {
  const told = readAnswer(answer, await openRelayClient(relay).call("POST", "config/rekey"));
  const { version, resealed, unopened } = told;
  if (json) console.log(JSON.stringify(told));
  else {
    const what = resealed.length === 0 ? "nothing to seal anew" : `sealed anew: ${resealed.join(", ")}`;
    console.log(`${paint("green", what)}; version ${version}`);
    if (unopened.length > 0) {
      console.log(`${paint("red", "opens under neither key, or not there")}: ${unopened.join(", ")}; seal them again`);
    } else console.log("RELAY_KEY_PREVIOUS seals nothing any more");
  }
  if (unopened.length > 0) throw new ToldFailure();
}
