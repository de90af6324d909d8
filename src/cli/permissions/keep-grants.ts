import * as z from "zod";
import { parseDocument } from "../../config/documents/parse.ts";
import { listGrants } from "../../login/map/list-grants.ts";
import { permissions } from "../../login/rules.ts";
import { Refusal } from "../refusal.ts";
import { readAnswer } from "../relay/answer.ts";
import { RelayRefusal } from "../relay/client.ts";
import { clockIn } from "../relay/clock.ts";
import type { Target } from "./target.ts";

const grants = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      owner: z.string(),
      allow: z.array(z.string()).optional(),
      deny: z.array(z.string()).optional(),
      until: z.string(),
    }),
  ),
});

/** The grants of a map, each with its owner; none where the text is no map. */
function grantsIn(text: string): ReadonlySet<string> {
  const parsed = parseDocument(text, permissions);
  if (parsed.state === "invalid") return new Set();
  const listed = listGrants(parsed.value, "UTC", 0);
  return new Set(listed.map(({ id, owner }) => `${id} ${owner}`));
}

/** Refuses a map without the grants for a while that are in force: others gave them since the file was pulled. */
export async function keepGrants({ relay, path }: Target, text: string): Promise<void> {
  // Why a map cannot be read, writing it says.
  const answer = await relay.call("GET", `${path}/grants`).catch((error: unknown) => {
    if (error instanceof RelayRefusal) return undefined;
    throw error;
  });
  if (answer === undefined) return;
  const kept = grantsIn(text);
  const missing = readAnswer(grants, answer).items.filter(({ id, owner }) => !kept.has(`${id} ${owner}`));
  if (missing.length === 0) return;
  const clock = clockIn(undefined, Date.now());
  const lines = missing.map(({ owner, allow, deny, until }) => {
    const what = allow === undefined ? `deny ${deny?.join(", ")}` : `allow ${allow.join(", ")}`;
    return `  ${owner} ${what} until ${clock.show(until)}`;
  });
  throw new Refusal(
    [
      "nothing was written; the map lacks what was granted for a while:",
      ...lines,
      "pull the map again, or use --confirm to take that away",
    ].join("\n"),
  );
}
