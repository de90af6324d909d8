import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import * as z from "zod";
import { until } from "../../src/cli/until.ts";
import { findFreePort } from "../cli/free-port.ts";
import { eachOf, openRelay } from "../e2e/relay.ts";
import { makeHostile } from "./hostile-bodies.ts";
import { EVIL, EVIL_NAME, EVIL_URL } from "./payload.ts";

const KEY = "hostile-test-key";
const HEADER = "x-vendor-key";
const PATIENCE_MS = 120_000;
const LOOK_MS = 200;
const DAY_MS = 86_400_000;

const named = z.object({ id: z.string() });
const listed = z.object({ items: z.array(named), next: z.string().nullish() });
const made = z.object({ token: z.string() });
const ledger = z.object({ webhooks: z.record(z.string(), z.number()) });

/** A relay to which everybody who can has said hostile things: vendors, agents, strangers, receivers, and its own people. */
export async function openHostileRelay() {
  const { sources, webhooks } = await makeHostile();
  const server = createServer(answerEvil);
  const port = await findFreePort();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const place = `http://127.0.0.1:${port}`;
  const relay = await openRelay(configure(sources, place), { "vcc-live-0": hostileMap });

  const call = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${relay.url}/api/${path}`, {
      method,
      headers: { authorization: `Bearer ${relay.adminToken}` },
      body: body && JSON.stringify(body),
    });
    const told: unknown = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(told)}`);
    return told;
  };
  let receipts = 0;
  const send = async (source: string, kind: string | undefined, body: unknown) => {
    const way = kind === undefined ? "" : `/${encodeURIComponent(kind)}`;
    const response = await fetch(`${relay.url}/in/${source}${way}`, {
      method: "POST",
      headers: { [HEADER]: KEY, "content-type": "application/json", "user-agent": EVIL },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (text.includes('"rcpt_')) receipts += 1;
    return { status: response.status, text };
  };

  const refused: string[] = [];
  await eachOf(webhooks, 8, async ({ source, kind, body }) => {
    const { status, text } = await send(source, kind, body);
    if (status !== 200) refused.push(`${source} ${kind}: ${status} ${text.slice(0, 200)}`);
  });
  await sendByQuery(relay.url);
  await sendStrange(relay.url);
  await until(Date.now() + PATIENCE_MS, LOOK_MS, async () => {
    const { webhooks: counted } = ledger.parse(await call("GET", "ledger"));
    const { items } = listed.parse(await call("GET", "events?destination=ok&state=waiting&limit=1"));
    const { events = 0, duplicates = 0, failed = 0 } = counted;
    return items.length === 0 && events + duplicates + failed >= receipts;
  });
  await act(call);
  const receiver = made.parse(await call("POST", "tokens", { name: "ok", role: "receiver", destination: "ok" }));
  const events: string[] = [];
  for (let cursor: string | null | undefined = ""; typeof cursor === "string"; ) {
    const told = listed.parse(await call("GET", `events?limit=100${cursor && `&cursor=${cursor}`}`));
    events.push(...told.items.map(({ id }) => id));
    cursor = told.next;
  }
  const close = async () => {
    await relay.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { ...relay, receiverToken: receiver.token, refused, events, send, call, close };
}

/** What people write into the configuration, as far as it takes it. */
function configure(sources: Awaited<ReturnType<typeof makeHostile>>["sources"], place: string): object {
  const proof = { keys: [KEY], auth: { in: "header", name: HEADER } };
  const responder = { ask: `${place}/answers`, secrets: [], record: true };
  const [first] = sources.keys();
  return {
    $schema: EVIL,
    sources: {
      ...Object.fromEntries(
        [...sources].map(([id, source]) => [
          id,
          { ...source, ...proof, ...(id === first ? { responders: { ivr: responder, search: responder } } : {}) },
        ]),
      ),
      quiet: { vendor: "voiso", ...proof, silentAfter: 0.01, scrub: [EVIL.replaceAll(".", "")] },
    },
    destinations: {
      ok: { url: `${place}/ok?x=${encodeURIComponent(EVIL)}`, secrets: [], raw: true, headers: { "x-note": EVIL } },
      refusing: { url: `${place}/refusing`, secrets: [], retry: { delays: [] }, events: ["agent.*", "user.*"] },
      moved: { url: `${place}/moved`, secrets: [], retry: { delays: [0] }, events: ["payment.*"] },
      unmet: { url: EVIL_URL, secrets: [], events: ["user.*"], where: { [EVIL]: [EVIL] } },
    },
  };
}

const rule = { allow: [EVIL, 7], note: EVIL };
const hostileMap = {
  default: { deny: [EVIL], note: EVIL },
  groups: { [EVIL]: rule, "3": rule },
  users: { "41": { deny: [EVIL, 11], note: EVIL } },
  usernames: { [EVIL_NAME]: { deny: [12], note: EVIL } },
};
/** The text as names and values of parameters, by GET and as a form. */
async function sendByQuery(base: string): Promise<void> {
  const headers = { [HEADER]: KEY, "user-agent": EVIL };
  const login = { projectId: "12", username: EVIL_NAME, [EVIL]: EVIL, [`customData[${EVIL}]`]: EVIL };
  const query = new URLSearchParams(login);
  await fetch(`${base}/in/vcc-live-0/project-login?${query}`, { headers });
  await fetch(`${base}/in/vcc-live-0/ivr?${query}`, { headers });
  await fetch(`${base}/in/vcc-live-0/user`, { method: "POST", headers, body: query });
  await fetch(`${base}/in/voiso-8?${query}`, { headers });
}

/** Requests that are refused, each for another reason, with the text wherever a request has any. */
async function sendStrange(base: string): Promise<void> {
  const text = encodeURIComponent(EVIL);
  const headers = { "user-agent": EVIL, "content-type": EVIL, referer: EVIL_URL, "x-forwarded-for": EVIL };
  const post = (path: string, more: Record<string, string> = {}, body = EVIL) =>
    fetch(`${base}/in/${path}`, { method: "POST", headers: { ...headers, ...more }, body });
  await post(text);
  await post(`nobody/${text}?${text}=${text}`);
  await post(`voiso-8/${text}?key=${text}&${text}=1`);
  await post("voiso-8", { authorization: EVIL, [HEADER]: EVIL }, JSON.stringify({ [EVIL]: EVIL }));
  await post(`vcc-live-0/project-login/${text}`, { [HEADER]: EVIL });
  await post("vcc-live-0/user", { [HEADER]: KEY, "content-encoding": "zip" });
  await post(`vcc-live-0/${text}`, { [HEADER]: KEY }, "{");
  await fetch(`${base}/in/vcc-live-0/${text}?${text}`, { method: "DELETE", headers: { ...headers, [HEADER]: KEY } });
}

/** What the relay's own people write: reasons, notes, a map and a configuration of theirs. */
async function act(call: (method: string, path: string, body?: object) => Promise<unknown>): Promise<void> {
  const { items } = listed.parse(await call("GET", "events?limit=1"));
  const id = items[0]?.id ?? "";
  await call("POST", `events/${id}/reveal`, { reason: EVIL });
  await call("POST", `events/${id}/replay`, { destination: "ok", reason: EVIL });
  await call("POST", "replays", { filter: { state: "dead" }, dryRun: true, reason: EVIL });
  await call("POST", "replays", { filter: { subject: EVIL }, dryRun: true, reason: EVIL });
  const until = new Date(Date.now() + DAY_MS / 2).toISOString();
  await call("POST", "permissions/vcc-live-0/grants", {
    usernames: EVIL_NAME,
    allow: ["12", EVIL_NAME],
    until,
    note: EVIL,
  });
  await call("POST", "destinations/moved/pause");
}

/** Answers of receivers, and of a responder. */
function answerEvil({ url = "" }: IncomingMessage, response: ServerResponse): void {
  response.setHeader("x-note", EVIL);
  if (url === "/moved") response.writeHead(302, EVIL.slice(0, 60), { location: EVIL_URL });
  else if (url === "/refusing") response.writeHead(422, "<x-pwned>", { "content-type": EVIL });
  else response.writeHead(200, { "content-type": "application/json" });
  const answer = { result: { uniqueId: EVIL, customers: [{ [EVIL]: EVIL }] }, [EVIL]: EVIL };
  response.end(url === "/answers" ? JSON.stringify(answer) : EVIL);
}
