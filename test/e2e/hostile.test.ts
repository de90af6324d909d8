import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { dumpState } from "./dump-state.ts";
import { Receiver, SECRET } from "./receiver.ts";
import { eachOf, openRelay } from "./relay.ts";

const CANARY = "canary-7f3a9";
const keys = {
  vcc: `${CANARY}-vcc-key`,
  voiso: `${CANARY}-voiso-key`,
  hcc: `${CANARY}-hcc-key`,
  ucontact: `${CANARY}-uc-key`,
};
const cipherKey = `${CANARY}-cipher-key`;
const receiver = new Receiver();
let relay: Awaited<ReturnType<typeof openRelay>>;

beforeAll(async () => {
  await receiver.open();
  relay = await openRelay(
    {
      sources: {
        vcc: {
          vendor: "vcc-live",
          keys: [keys.vcc],
          encryption: [{ cipher: "aes-256-cbc", key: cipherKey, iv: "query:iv" }],
        },
        voiso: { vendor: "voiso", keys: [keys.voiso] },
        hcc: { vendor: "intelligent-contacts", keys: [keys.hcc] },
        ucontact: { vendor: "ucontact", keys: [keys.ucontact] },
      },
      destinations: { crm: { url: receiver.url, secrets: [SECRET], raw: true } },
    },
    { vcc: { default: { allow: "*" } } },
  );
}, 120_000);

afterAll(async () => {
  await relay.close();
  await receiver.kill();
});

const deep = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
const notUtf8 = new Uint8Array([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0xc3, 0x28, 0x22, 0x7d]);
const user = (secrets: object) =>
  JSON.stringify({ old: null, new: { userId: 1, username: "nora_k", ...secrets }, timestamp: "2026-11-20T09:00:00Z" });

/** Requests as nobody should send them. Each is tried with and without a live key. */
const bodies: readonly (string | Uint8Array<ArrayBuffer>)[] = [
  "",
  "{",
  '{"event":',
  "nonsense",
  deep(200),
  deep(200_000),
  `{"a":${"9".repeat(400)},"b":1e999,"c":-0,"d":${"1".repeat(4000)}.5}`,
  '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
  '{"event":"__proto__","data":{"__proto__":null}}',
  notUtf8,
  "\u0000\u0001",
  "[1,2,3]",
  "5",
  "null",
  '"text"',
  `a[__proto__][x]=1&${Array.from({ length: 3000 }, (_, n) => `p${n}=1`).join("&")}`,
  user({ password: `${CANARY}-password` }),
  JSON.stringify({ payment: { token: `${CANARY}-token`, cvv: `${CANARY}-cvv` }, note: keys.vcc }),
  `{"new":{"password":"${CANARY}-broken`,
  "x".repeat(2 * 1024 * 1024),
];
const paths = [
  "vcc/user",
  "vcc/payment-transaction",
  "vcc/no-such-kind",
  "vcc/project-login",
  "voiso",
  "hcc/call-saved",
  "ucontact",
  "nobody",
  "vcc/%00",
  "ucontact/../../api/ledger",
];

it("answers 1,000 hostile requests without a 5xx, and loses none of the valid ones among them", async () => {
  const hostile = Array.from({ length: 1000 }, (_, n) => ({
    path: paths[n % paths.length] ?? "",
    body: bodies[Math.floor(n / paths.length) % bodies.length] ?? "",
    proved: n % 3 !== 0,
    method: ["POST", "PUT", "GET", "POST", "PATCH"][Math.floor(n / 7) % 5] ?? "POST",
  }));
  const valid = Array.from({ length: 100 }, (_, n) => n);
  const statuses = new Map<number, number>();
  await Promise.all([
    eachOf(hostile, 8, async ({ path, body, proved, method }) => {
      const key = Object.entries(keys).find(([source]) => path.startsWith(source))?.[1] ?? "x";
      const query = proved ? `?secret-key=${key}&key=${key}&iv=00` : "?secret-key=wrong&key=wrong";
      const url = `${relay.url}/in/${path}${query}`;
      const headers: Record<string, string> = proved ? { "x-api-key": key } : {};
      const response = await fetch(url, method === "GET" ? { method } : { method, body, headers }).catch(
        () => undefined,
      );
      // A body that is too large may be answered before it was sent; the connection is closed then.
      const status = response?.status ?? 0;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      await response?.text();
    }),
    eachOf(valid, 2, async (n) => {
      const body = JSON.stringify({
        event: "AgentLog",
        date: "2026-00-20 09:00:00",
        agent: `valid-${n}`,
        isLogin: true,
      });
      const response = await fetch(`${relay.url}/in/ucontact?key=${keys.ucontact}`, { method: "POST", body });
      expect(response.status).toBe(200);
    }),
  ]);
  expect([...statuses.keys()].filter((status) => status >= 500 && status !== 501)).toEqual([]);
  expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 400, 401, 405, 413, 422]));
  const arrived = () => new Set(receiver.bodies.flatMap((body) => /agent\/valid-\d+/.exec(body) ?? []));
  await vi.waitUntil(() => arrived().size === valid.length, { timeout: 60_000, interval: 250 });
  expect(receiver.forged).toBe(0);
}, 120_000);

it("answers the right login from an address that sent 2,000 wrong keys", async () => {
  const ask = (key: string) =>
    fetch(`${relay.url}/in/vcc/project-login?secret-key=${key}&projectId=7&userId=41&secondaryProjectIds[]=11`);
  const statuses = new Set<number>();
  await eachOf(
    Array.from({ length: 2000 }, (_, n) => n),
    16,
    async (n) => {
      const response = await ask(`wrong-${n}`);
      statuses.add(response.status);
      await response.text();
    },
  );
  expect([...statuses].filter((status) => status !== 401 && status !== 429)).toEqual([]);
  expect([...statuses]).toContain(429);
  const right = await ask(keys.vcc);
  expect([right.status, await right.json()]).toEqual([200, { 7: true, 11: true }]);
}, 120_000);

it("stores, sends and logs no secret of an encrypted body", async () => {
  const secret = {
    note: keys.vcc,
    deep: [{ pwd: `${CANARY}-pwd` }],
    text: `{"cvv":"${CANARY}-cvv","x":"${keys.vcc}!"}`,
  };
  const { iv, body } = await encrypt(user({ ...secret, password: `${CANARY}-encrypted` }));
  const encrypted = await fetch(`${relay.url}/in/vcc/user?secret-key=${keys.vcc}&iv=${iv}`, { method: "POST", body });
  expect(encrypted.status).toBe(200);
  await vi.waitUntil(async () => (await relay.ledger()).webhooks.unread === 0, { timeout: 60_000, interval: 250 });
  await vi.waitUntil(() => receiver.bodies.some((sent) => sent.includes("[scrubbed]")), { timeout: 60_000 });
  const stored = await dumpState(relay.state);
  expect(stored).toContain("nora_k");
  for (const place of [stored, relay.logged.join("\n"), receiver.bodies.join("\n"), receiver.heads.join("\n")]) {
    expect(place.match(new RegExp(`${CANARY}[a-z-]*`, "g")) ?? []).toEqual([]);
  }
}, 120_000);

async function encrypt(text: string): Promise<{ iv: string; body: string }> {
  const key = new Uint8Array(32);
  new TextEncoder().encodeInto(cipherKey, key);
  const iv = crypto.getRandomValues(new Uint8Array(16));
  const aes = await crypto.subtle.importKey("raw", key, "AES-CBC", false, ["encrypt"]);
  const sealed = await crypto.subtle.encrypt({ name: "AES-CBC", iv }, aes, new TextEncoder().encode(text));
  return { iv: Buffer.from(iv).toString("hex"), body: Buffer.from(sealed).toString("base64") };
}
