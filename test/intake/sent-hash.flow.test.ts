import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { loadRelay } from "../../src/config/load-relay.ts";
import { readMessage } from "../../src/delivery/fan-out/read-message.ts";
import type { WebhookMessage } from "../../src/intake/message.ts";
import { aWork } from "../work.ts";
import { openDoor } from "./door.ts";

const FORM = { "content-type": "application/x-www-form-urlencoded" };
const VCC = "/in/vcc/call-disposition?secret-key=vcc-key";
const UCONTACT = "/in/ucontact?key=ucontact-key";
const HCC = "/in/hcc/reg-f";

/** Text of which each character is a byte. */
const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const disposition = "projectid=7&uuid=u1&timestamp=2024-05-21T10:14:09%2B02:00&disposition[id]=9";
const deep = (leaf: number) => `{"event":"x","d":${"[".repeat(70)}${leaf}${"]".repeat(70)}}`;
const multipart = (boundary: string, file: string) =>
  `--${boundary}\r\ncontent-disposition: form-data; name="event"\r\n\r\nAgentLog\r\n` +
  `--${boundary}\r\ncontent-disposition: form-data; name="f"; filename="f"\r\n\r\n${file}\r\n--${boundary}--\r\n`;
const part = (boundary: string, file: string) => ({
  method: "POST",
  headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
  body: multipart(boundary, file),
});
const named = (name: string, escaped?: string) => {
  const said = escaped === undefined ? `name="${name}"` : `name*=UTF-8''${escaped}`;
  const body = `--b\r\ncontent-disposition: form-data; ${said}\r\n\r\n1\r\n--b--\r\n`;
  return { method: "POST", headers: { "content-type": "multipart/form-data; boundary=b" }, body: bytes(body) };
};
const post = (body: string, headers: Record<string, string> = {}) => ({ method: "POST", headers, body: bytes(body) });

async function idOf({ body = "null", ...message }: WebhookMessage): Promise<string> {
  const loaded = await loadRelay(aWork({ env }));
  if (loaded.state !== "ready") throw new Error("there is no configuration");
  return (await readMessage({ ...message, body }, loaded.value, env)).id;
}

/** Whether requests are one event each: the number of their ids. */
async function countEvents(path: string, requests: readonly RequestInit[]): Promise<number> {
  const door = await openDoor();
  door.queue = "keeps";
  for (const request of requests) expect((await door.knock(path, request)).status).toBe(200);
  const ids = await Promise.all(door.queued.map(idOf));
  await door.settle();
  return new Set(ids).size;
}

test.each<[string, string, RequestInit, RequestInit]>([
  [
    "letters of a form that fit no charset",
    VCC,
    post(`${disposition}&agent_description=K%E1r`, FORM),
    post(`${disposition}&agent_description=K%E9r`, FORM),
  ],
  ["letters of JSON that fit none", UCONTACT, post('{"event":"x","l1":"S\xed"}'), post('{"event":"x","l1":"S\xf3"}')],
  [
    "parameters that are nested too deeply",
    VCC,
    post(`${disposition}&client_data[a][b][c][d][e]=1`, FORM),
    post(`${disposition}&client_data[a][b][c][d][e]=2`, FORM),
  ],
  [
    "parameters beyond the thousandth",
    UCONTACT,
    post(`event=x&${"a[]=1&".repeat(1000)}last=1`, FORM),
    post(`event=x&${"a[]=1&".repeat(1000)}last=2`, FORM),
  ],
  ["levels of JSON beyond the limit", UCONTACT, post(deep(1)), post(deep(2))],
  [
    "a name that stands twice",
    HCC,
    { ...post('{"closed":0,"closed":1}'), headers: { "x-api-key": "hcc-key" } },
    { ...post('{"closed":2,"closed":1}'), headers: { "x-api-key": "hcc-key" } },
  ],
  [
    "a name that stands twice in a text of JSON with a secret",
    UCONTACT,
    post('{"event":"x","data":"{\\"phone\\":\\"1\\",\\"phone\\":\\"9\\",\\"password\\":\\"p\\"}"}'),
    post('{"event":"x","data":"{\\"phone\\":\\"2\\",\\"phone\\":\\"9\\",\\"password\\":\\"p\\"}"}'),
  ],
  ["letters of a boundary in a file", UCONTACT, part("B", "grade A"), part("B", "grade AB")],
  ["letters of a part's name that fit no charset", UCONTACT, named("n\xe9"), named("n\xe8")],
  ["letters of a part's escaped name", UCONTACT, named("", "n%E9"), named("", "n%E8")],
  ["files of a form", UCONTACT, part("b", "one"), part("b", "two")],
])("bodies that differ only in %s are two events, and each again is the same", async (_, path, one, other) => {
  expect(await countEvents(path, [one, other])).toBe(2);
  expect(await countEvents(path, [one, one, other, other])).toBe(2);
});

test("queries that differ only in letters that fit no charset are two events", async () => {
  const door = await openDoor();
  door.queue = "keeps";
  for (const letter of ["%ED", "%F3", "%ED"]) await door.knock(`${UCONTACT}&event=x&l1=S${letter}`);
  expect(new Set(await Promise.all(door.queued.map(idOf))).size).toBe(2);
});

test("a boundary of its own makes no other event of the same multipart form", async () => {
  expect(await countEvents(UCONTACT, [part("one", "file"), part("other", "file")])).toBe(1);
});

test("another live key or iv makes no other event of what reading loses", async () => {
  const body = '{"event":"x","timestamp":"2025-02-03T09:15:42Z","secret":"KEY","data":{"id":"x1","id":"x2"}}';
  const door = await openDoor({ voiso: { vendor: "voiso", keys: ["voiso-key-one", "voiso-key-two"] } });
  door.queue = "keeps";
  for (const key of ["voiso-key-one", "voiso-key-two"]) {
    expect((await door.knock("/in/voiso", { method: "POST", body: body.replace("KEY", key) })).status).toBe(200);
  }
  for (const [key, iv] of [
    ["vcc-key", "00"],
    ["vcc-older-key", "ff"],
  ]) {
    const query = `secret-key=${key}&iv=${iv}${iv}&smsId=9&text=Jos%E9`;
    expect((await door.knock(`/in/vcc/sms?${query}`)).status).toBe(200);
  }
  expect(new Set(await Promise.all(door.queued.map(idOf))).size).toBe(2);
});

test("what is read whole is the same event however it is written", async () => {
  expect(await countEvents(UCONTACT, [post('{"event":"x","a":1}'), post('{ "a":1, "event":"x" }')])).toBe(1);
});

test("where a source has its key makes no other event of the same body", async () => {
  const body =
    '{"event":"outbound.call.ended","timestamp":"2025-02-03T09:15:42Z","secret":"voiso-key","data":{"id":"x1"}}';
  const ids = new Set<string>();
  for (const auth of [undefined, { in: "query", name: "key" }, { in: "header", name: "x-key" }]) {
    const voiso = { vendor: "voiso", keys: ["voiso-key"], ...(auth === undefined ? {} : { auth }) };
    const door = await openDoor({ voiso });
    door.queue = "keeps";
    const headers = { "x-key": "voiso-key" };
    expect((await door.knock("/in/voiso?key=voiso-key", { method: "POST", headers, body })).status).toBe(200);
    for (const message of door.queued) ids.add(await idOf(message));
  }
  expect(ids.size).toBe(1);
});
