import { readFileSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import * as z from "zod";
import { Receiver, SECRET } from "../e2e/receiver.ts";
import { openRelay } from "../e2e/relay.ts";
import { runCommand } from "./command.ts";

const SOON = { timeout: 30_000, interval: 100 };

let receiver: Receiver;
let relay: Awaited<ReturnType<typeof openRelay>>;

beforeAll(async () => {
  receiver = await new Receiver().open();
  const crm = { url: receiver.url, secrets: [SECRET], retry: { delays: [] } };
  relay = await openRelay({
    sources: {
      hcc: { vendor: "intelligent-contacts", keys: ["bare-key"], timezone: "America/Chicago", region: "US" },
      voiso: { vendor: "voiso", keys: ["bare-key"] },
    },
    destinations: { crm: { ...crm, sources: ["hcc"] } },
  });
  await receiver.kill();
});

afterAll(async () => {
  await relay?.close();
  await receiver.kill();
});

const run = (...args: string[]) => runCommand([...args, "--url", relay.url]);
const receiptOf = z.object({ receipt: z.string() });
const post = async (kind: string, body: object, key = "bare-key") => {
  const headers = { "x-api-key": key };
  const response = await fetch(`${relay.url}/in/hcc/${kind}`, { method: "POST", headers, body: JSON.stringify(body) });
  return response.json();
};
const aCall = {
  call_id: 4711,
  call_date: "2026-11-20 09:00:00",
  phone: "9725550138",
  agent_id: 19,
  call_type: "Outbound",
};

describe("what happened to a webhook", () => {
  let receipt = "";
  beforeAll(async () => {
    ({ receipt } = receiptOf.parse(await post("call-saved", { ...aCall, call_duration: 12 })));
    await vi.waitFor(
      async () => expect((await run("events", "--state", "dead")).out).toContain("call.completed"),
      SOON,
    );
  });

  test("events lists what a time, a source and a state narrow, with who does not have it", async () => {
    const { code, out } = await run("events", "--source", "hcc", "--since", "yesterday 0:00");
    expect(code).toBe(0);
    expect(out).toMatch(/^ +\d\d:\d\d:\d\d +call\.completed +hcc +✗ dead +evt_\w+ +call\/4711 +crm: connection\n$/);
    expect((await run("events", "--source", "voiso")).out).toBe("no event is found\n");
    expect((await run("events", "--source", "typo", "--destination", "bi")).out).toBe(
      "no event is found; no source is called typo: there are hcc, voiso; no destination is called bi: there are crm\n",
    );
    expect((await run("rejections", "--source", "typo")).out).toContain("no source is called typo");
    expect((await run("logins", "--source", "typo")).out).toContain("no source is called typo");
    expect((await run("events", "--until", "2026-11-20 9:00")).out).toBe("no event is found\n");
    const listed = JSON.parse((await run("events", "--json", "--destination", "crm")).out);
    expect(listed).toMatchObject({ items: [{ source: "hcc" }], more: false, taken: [] });
  });

  test.each(["4711", "call/4711", "(972) 555-0138", "5550138", "19"])("events --q %s finds it", async (q) => {
    expect((await run("events", "--q", q)).out).toContain("call/4711");
  });

  test("events --q says what nothing was found as", async () => {
    expect((await run("events", "--q", "nobody")).out).toBe(
      "no event is found; it was read as call, agent, username, customer, account\n",
    );
  });

  test("show tells a receipt, its event, each delivery with its attempts, and what to do", async () => {
    const { code, out, err } = await run("show", receipt);
    expect([code, err]).toEqual([0, ""]);
    const [id = ""] = /evt_\w+/.exec(out) ?? [];
    expect(out).toContain(`${receipt}\n  It became the event ${id}.\n`);
    expect(out).toContain(`${id} is call.completed about call/4711, of hcc\n  Accepted at `);
    expect(out).toMatch(/ {2}✗ dead {2}crm: connection\n {6}attempt 1 at \S+ connection after \d+ ms\n/);
    expect(out).toContain(
      `→ Mend the cause (no connection: is the address right, and does the receiver listen?), then`,
    );
    expect(out).toContain(`npx hookswitch replay ${id} --destination crm`);
    expect((await run("show", id)).out).toBe(out.slice(out.indexOf(id, out.indexOf("\n  It became") + 60)));
    expect(JSON.parse((await run("show", id, "--json")).out)).toMatchObject({ receipt });
  });

  test("show tells a webhook that nobody wanted, and how often one was repeated", async () => {
    await run("send", "voiso", "message.sent", "--source", "voiso", "--key", "bare-key");
    await expect.poll(async () => (await run("events", "--state", "unrouted")).out, SOON).toContain("message.sent");
    const [id = ""] = /evt_\w+/.exec((await run("events", "--source", "voiso")).out) ?? [];
    expect((await run("show", id)).out).toContain("No destination wanted it.");
    const again = receiptOf.parse(await post("call-saved", { ...aCall, call_duration: 12 }));
    await expect
      .poll(async () => (await run("show", again.receipt)).out, SOON)
      .toContain(`repeated the webhook ${receipt}`);
    expect((await run("show", again.receipt)).out).toContain(`It was repeated 1x: ${again.receipt}.`);
  });

  test("show tells a call, and what is missing of it", async () => {
    const { out } = await run("show", "4711");
    expect(out).toMatch(/^call 4711 of hcc: its figures are final\n/);
    expect(out).toContain("call.completed");
    expect(out).toContain("missing: call.started");
    expect((await run("show", "call/4711", "--source", "hcc")).out).toBe(out);
  });

  test("show and rejections tell why a request was refused", async () => {
    const { instance } = z.object({ instance: z.string() }).parse(await post("call-saved", aCall, "wrong"));
    await expect.poll(async () => (await run("show", instance)).out, SOON).toContain("was refused at");
    const { out } = await run("show", instance);
    expect(out).toContain("401 wrong_key, source hcc, kind call-saved\n  It brought a key in header `x-api-key` that");
    expect(out).toContain("→ Compare the key at the vendor with");
    expect((await run("events", "--q", instance)).out).toBe(out);
    const listed = (await run("rejections", "--source", "hcc")).out;
    expect(listed).toMatch(/^hcc: wrong_key, 1x on \S+ \(UTC\), last at \d\d:\d\d:\d\d\n/);
    expect(listed).toContain(instance);
    expect(JSON.parse((await run("rejections", "--json")).out)).toMatchObject({ requests: [{ request: instance }] });
    expect((await run("rejections", "--reason", "no_key")).out).toBe("no request was refused\n");
  });

  test("rejections try tells whether a request would be refused, and sends nothing", async () => {
    const folder = await mkdtemp(join(tmpdir(), "try-"));
    const attempt = async (text: string) => {
      await writeFile(join(folder, "request.http"), text);
      return run("rejections", "try", "--file", join(folder, "request.http"));
    };
    const known = (await run("rejections", "--json")).out;
    const body = JSON.stringify(aCall);
    const good = await attempt(`POST /in/hcc/call-saved HTTP/1.1\r\nX-API-Key: bare-key\r\n\r\n${body}`);
    expect(good).toMatchObject({
      code: 0,
      out: expect.stringContaining("accepted\n  It would be accepted: the key `#0`"),
    });
    const wrong = await attempt("/in/hcc/call-saved?key=bare-key\n\n{}");
    expect([wrong.code, wrong.err]).toEqual([1, ""]);
    expect(wrong.out).toContain("refused: 401 no_key\n  The key came in query `key`");
    expect((await attempt("\n\n")).code).toBe(2);
    expect((await run("rejections", "try")).code).toBe(2);
    expect((await run("rejections", "--json")).out).toBe(known);
  });

  test("show says what is hidden from an operator, and reveals it with a reason", async () => {
    const { token } = JSON.parse((await run("tokens", "create", "ola", "--role", "operator", "--json")).out);
    const as = (...args: string[]) => run(...args, "--token", token);
    const hint = (id: string) =>
      `  *** hides what is of a person; who may reveal it: npx hookswitch show ${id} --reveal --reason "…"\n`;
    const masked = await as("show", receipt);
    const [id = ""] = /evt_\w+/.exec(masked.out) ?? [];
    expect([masked.code, masked.out.endsWith(hint(id))]).toEqual([0, true]);
    const program = await as("show", id, "--json");
    expect([program.err, program.out.includes("555")]).toEqual([hint(id), false]);
    expect(JSON.parse(program.out)).toMatchObject({ raw: "***" });
    expect((await as("show", "4711")).out.endsWith(hint("<id>"))).toBe(true);
    expect((await run("show", id)).out).not.toContain("***");
    const revealed = await as("show", receipt, "--reveal", "--reason", "she called again");
    expect([revealed.code, revealed.err]).toEqual([0, ""]);
    expect(revealed.out).toMatch(
      /\n {2}Its data:\n[\s\S]+\+19725550138[\s\S]+\n {2}What was received:\n[\s\S]+9725550138/,
    );
    const one = await as("show", id, "--reveal", "--reason", "she called again", "--path", "data.call.to", "--json");
    const { revealed: paths, raw, event } = JSON.parse(one.out);
    expect([paths, raw, event.data.call.to]).toEqual([["data.call.to"], "***", expect.stringMatching(/^\+1/)]);
    const { out } = await run("audit", "list", "--what", `events/${id}*`);
    expect(out.match(/ola \(operator\) +event\.revealed/g)).toHaveLength(2);
    expect(out).toContain("she called again");
  });

  test.each([
    [["show", "evt_1", "--reveal"], 2, "--reveal needs --reason"],
    [["show", "evt_1", "--reveal", "--reason", " "], 2, "--reveal needs --reason"],
    [["show", "evt_1", "--reason", "x"], 2, "need --reveal"],
    [["show", "4711", "--reveal", "--reason", "x"], 2, "--reveal shows one event"],
    [["show", "evt_1", "--reveal", "--reason", "x"], 1, "No event has this id"],
    [["show", "nothing-there"], 1, "nothing is known of nothing-there"],
    [["show", "evt_1"], 1, "No event has this id"],
    [["show", "rcpt_1"], 1, "This is no receipt."],
    [["show", "req_1"], 1, "Nothing is kept of such a request"],
    [["events", "--since", "soon"], 2, "since: not a time"],
    [["events", "--zone", "Moon"], 2, "IANA time zone"],
    [["events", "--limit", "0"], 2, "from 1 to 1000"],
  ])("%j is refused with %i", async (args, code, sentence) => {
    expect(await run(...args)).toMatchObject({ code, out: "", err: expect.stringContaining(sentence) });
  });
});

describe("docs/a-webhook-did-not-arrive.md", () => {
  const page = readFileSync("docs/a-webhook-did-not-arrive.md", "utf8");
  // What asks about this machine, or how a relay is, has tests of its own.
  const examples = [...page.matchAll(/^npx hookswitch (?!url|doctor)(.+)$/gm)].map(([, words = ""]) => words);

  test.each(examples)("npx hookswitch %s", async (example) => {
    const listed = z.object({ items: z.array(z.object({ id: z.string(), receipt: z.string() })) });
    const [event] = listed.parse(JSON.parse((await run("events", "--q", "4711", "--json")).out)).items;
    const { requests } = z
      .object({ requests: z.array(z.object({ request: z.string() })) })
      .parse(JSON.parse((await run("rejections", "--json")).out));
    const own: Readonly<Record<string, string | undefined>> = {
      "acme-hcc": "hcc",
      "evt_…": event?.id,
      "rcpt_…": event?.receipt,
      "req_…": requests[0]?.request,
    };
    const words = [...example.matchAll(/"([^"]+)"|(\S+)/g)].map(([, quoted, word = ""]) => quoted ?? own[word] ?? word);
    const once = words[0] === "tail" ? ["--follow", "0"] : [];
    expect(await run(...words, ...once)).toMatchObject({ code: 0, err: "" });
  });
});
