import * as z from "zod";
import { loadRelay, type Relay } from "../config/load-relay.ts";
import { sourceId } from "../config/schema/source.ts";
import { agentId } from "../events/parts/scalar.ts";
import { readAgents } from "../log/agents.ts";
import { type AskedQuestion, readQuestions } from "../log/questions.ts";
import { isCalled, wasGranted } from "../login/history/attempts.ts";
import { sameId, sameName } from "../login/same.ts";
import { mapZoneOf } from "../login/store/permissions.ts";
import { openText, userName } from "../platform/shown.ts";
import { toInstant } from "../platform/time/instant.ts";
import type { Work } from "../platform/work.ts";
import { asksAboutLogins } from "../vendors/vendor.ts";
import { operation } from "./operation.ts";
import { cursor, limit } from "./parameters.ts";
import { receiptRange } from "./times/receipt-range.ts";
import { readSpan, spanParameters } from "./times/span.ts";

/** Logins that one request examines; a page is short where few of them are meant. */
const MAX_EXAMINED = 5000;

const granted = z.record(openText, z.boolean());
const item = z.object({
  receipt: openText,
  at: z.iso.datetime(),
  source: openText,
  zone: openText.describe("the source's IANA zone"),
  agent: z.object({ id: agentId.optional(), username: userName.optional(), groupId: openText.optional() }),
  projects: granted,
  granted: z.boolean().describe("whether the login as a whole was granted"),
  rule: userName.describe("what decided; of a refusal, what refused the first project that was refused"),
  mapVersion: openText.optional().describe("hash of the version of the map"),
  mapAgeSeconds: z.number().optional().describe("how old the copy of it was"),
  ms: z.number().optional().describe("milliseconds from the request to the decision"),
  mode: z.literal("shadow").optional(),
  answered: granted.optional().describe("what the vendor was told in the shadow"),
});

/** `GET /api/logins` */
export const listLogins = operation({
  who: "supervisor",
  summary: "Decisions of the login guard, newest first",
  takes: {
    query: z.strictObject({
      source: sourceId.optional(),
      agent: z.string().optional().describe("id or user name, compared as the map compares them"),
      granted: z.enum(["true", "false"]).optional().describe("only those that were granted as a whole, or were not"),
      ...spanParameters,
      cursor: cursor.optional(),
      limit,
    }),
  },
  gives: z.object({ items: z.array(item), next: openText.nullable() }),
  run: async ({ query: { source, agent, granted, cursor, limit, ...asked }, ...work }) => {
    const loaded = await loadRelay(work);
    const relay = loaded.state === "ready" ? loaded.value : undefined;
    const span = await readSpan({ ...asked, source }, work);
    const isMeant = await meaning(agent, source, relay, work);
    const wanted = (one: AskedQuestion) =>
      isMeant(one) && (granted === undefined || wasGranted(one) === (granted === "true"));
    const { questions, next } = await readQuestions(
      work.env.LOG,
      { source, ...receiptRange(span, cursor) },
      { wanted, most: limit + 1, deep: MAX_EXAMINED },
    );
    const page = questions.slice(0, limit);
    const more = questions.length > limit ? page.at(-1)?.receipt : next;
    return { items: page.map((one) => toItem(one, relay)), next: more ?? null };
  },
});

/** Which logins are of the agent that is asked for; all, where none is. */
async function meaning(
  agent: string | undefined,
  source: string | undefined,
  relay: Relay | undefined,
  { env }: Pick<Work, "env">,
): Promise<(one: AskedQuestion) => boolean> {
  if (agent === undefined) return () => true;
  const asking = [...(relay?.sources.values() ?? [])].filter(({ vendor }) => asksAboutLogins(vendor));
  const sources = source === undefined ? asking.map(({ id }) => id) : [source];
  const names = { id: sameId(agent), username: sameName(agent) };
  const bySource = await Promise.all(
    sources.map(async (id) => [id, isCalled(agent, await readAgents(env.LOG, id, names))] as const),
  );
  const [isMeant, plainly] = [new Map(bySource), isCalled(agent, [])];
  return (one) => (isMeant.get(one.source) ?? plainly)(one);
}

function toItem(one: AskedQuestion, relay: Relay | undefined): z.input<typeof item> {
  const { receipt, at, source, agent, login } = one;
  const { projects = {}, rules = {}, mapVersion, mapAgeSeconds, ms, mode, answered } = login;
  const granted = wasGranted(one);
  const [deciding] = Object.entries(projects).find(([, each]) => granted || !each) ?? [];
  const found = relay?.sources.get(source);
  return {
    receipt,
    at: toInstant(at),
    source,
    zone: found === undefined ? "UTC" : mapZoneOf(found),
    agent,
    projects,
    granted,
    rule: (deciding === undefined ? undefined : rules[deciding]) ?? "none",
    mapVersion,
    mapAgeSeconds,
    ms,
    mode,
    answered,
  };
}
