import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { call } from "../api/call.ts";
import { type Kept, keepEvents } from "../api/keep-events.ts";
import { audited } from "../api/people/somebody.ts";
import { configure } from "../delivery/scene.ts";
import { signedIn } from "./browse.ts";
import { inText, rowsIn } from "./in-text.ts";
import { signedInAs } from "./somebody.ts";

const XSS = `"><img src=x onerror=alert(1)>`;
const START = Date.parse("2026-11-20T09:00:00Z");
const HOUR = 3_600_000;

/** A call with three destinations, of which one has it; the second is nobody's. */
async function keepTwo(): Promise<[Kept, Kept]> {
  const [first, second] = await keepEvents(
    {
      at: START,
      type: "call.completed",
      subject: "call/7",
      deliveries: { crm: "delivered", bi: "dead", dw: "waiting" },
      data: { call: { id: "7", to: "+36301234567" }, customer: { name: "Nora Kovacs" } },
    },
    { at: START + HOUR, source: "vcc" },
  );
  if (first === undefined || second === undefined) throw new Error("they are not there");
  return [first, second];
}

beforeEach(() => configure({ crm: { url: "https://crm.example.com/" }, bi: { url: "https://bi.example.com/" } }));

describe("the list of events", () => {
  it("tells of each event what became of it", async () => {
    await keepTwo();
    const { status, html } = await (await signedIn()).open("/dashboard/events");
    expect(status).toBe(200);
    const [, newest = "", oldest = ""] = rowsIn(html);
    expect(newest).toContain("call.started ○ unrouted vcc – – nobody wanted it");
    expect(oldest).toContain("call.completed ▲ dead ucontact call/7 – ● 1 ok bi ▲ dead (status 500)");
    expect(html).toContain('href="/dashboard/calls/ucontact/7"');
    expect(html).toContain('data-refresh="5"');
  });

  it("tells whose event it is, each reader as much as they may see", async () => {
    await keepEvents(
      { at: START, data: { agent: { id: "41", username: "nora" } } },
      { at: START + 1, data: { agent: { username: XSS } } },
      { at: START + 2, data: { user: { id: "n.kovacs" } } },
    );
    const agents = async (role: "viewer" | "supervisor") => {
      const { html } = await (await signedInAs(role)).open("/dashboard/events");
      expect(html).not.toContain("<img src=x");
      return rowsIn(html).map((row) => row.slice(row.indexOf("– ") + 2, row.indexOf(" nobody")));
    };
    expect((await agents("viewer")).slice(1)).toEqual(["hidden", "hidden", "41"]);
    expect((await agents("supervisor")).slice(1)).toEqual(["n.kovacs", XSS, "nora 41"]);
  });

  it.each([
    ["source=vcc", 1],
    ["type=call.*", 2],
    ["state=dead", 1],
    ["state=delivered", 0],
    ["destination=bi", 1],
    ["subject=call%2F7", 1],
    ["q=7", 1],
    ["since=2026-11-20+9:30&zone=UTC", 1],
    ["since=2026-11-20+9:30&until=2026-11-20+11:30&zone=Europe/Budapest", 2],
  ])("is narrowed by %s", async (query, found) => {
    await keepTwo();
    const { html } = await (await signedIn()).open(`/dashboard/events?${query}`);
    expect(rowsIn(html).slice(1)).toHaveLength(found);
    if (found === 0) expect(inText(html)).toContain("No such event");
  });

  it("keeps what was typed where it cannot be read, and says so without names of the inside", async () => {
    const { status, html } = await (await signedIn()).open("/dashboard/events?type=nothing&source=vcc");
    expect(status).toBe(422);
    expect(inText(html)).toContain("type: no such event type");
    expect(html).toContain('value="nothing"');
    expect(inText(html)).not.toContain("query.");
  });

  it("leads from an id to what it names, and says what it was read as", async () => {
    const [first] = await keepTwo();
    const browser = await signedIn();
    for (const id of [first.event.id, first.receipt]) {
      const led = await browser.open(`/dashboard/events?q=${id}`);
      expect([led.status, led.headers.get("location")]).toEqual([302, `/dashboard/events/${first.event.id}`]);
    }
    expect(inText((await browser.open("/dashboard/events?q=7")).html)).toContain("Read as the id of a call");
    const nothing = await browser.open("/dashboard/events?q=req_01KAGZ5M7Q8R9S0T1V2W3X4Y5Z");
    expect(inText(nothing.html)).toContain("Nothing is kept of such a request");
  });

  it("leads to a replay of what it shows, whoever may replay", async () => {
    await keepTwo();
    const path = "/dashboard/events?state=dead&since=2026-11-20+9:00";
    const to = "/dashboard/replays/new?state=dead&amp;since=2026-11-20+9%3A00&amp;zone=UTC";
    expect((await (await signedInAs("operator")).open(path)).html).toContain(to);
    expect((await (await signedInAs("viewer")).open(path)).html).not.toContain("/dashboard/replays/new");
  });

  it("is empty with what to do", async () => {
    expect(inText((await (await signedIn()).open("/dashboard/events")).html)).toContain("No event yet Send one:");
  });

  it("tells a viewer who looks for a person which role may", async () => {
    const { status, html } = await (await signedInAs("viewer")).open("/dashboard/events?q=%2B36301234567");
    expect([status, inText(html)]).toEqual([403, expect.stringContaining("needs the role operator")]);
  });
});

describe("one event", () => {
  it("is told from the request to the attempts", async () => {
    const [first] = await keepTwo();
    const { status, html } = await (await signedIn()).open(`/dashboard/events/${first.event.id}`);
    const text = inText(html);
    expect(status).toBe(200);
    expect(text).toMatch(/^A call.completed: delivered to crm; waiting for dw; given up for bi\./);
    expect(text).toContain("Proved by the key env:KEY");
    expect(text).toContain(first.receipt);
    expect(text).toContain("▲ 500");
    expect(text).toContain("name Nora Kovacs");
  });

  it("is found by its receipt, and nothing else is", async () => {
    const [first] = await keepTwo();
    const browser = await signedIn();
    expect((await browser.open(`/dashboard/events/${first.receipt}`)).status).toBe(200);
    const unknown = await browser.open("/dashboard/events/evt_nothing");
    expect([unknown.status, inText(unknown.html)]).toEqual([404, expect.stringContaining("no longer kept")]);
  });

  it.each(["viewer", "supervisor", "operator"])("hides from a %s what is of a person", async (role) => {
    const [first] = await keepTwo();
    const { html } = await (await signedInAs(role)).open(`/dashboard/events/${first.event.id}`);
    expect(html).not.toContain("Nora Kovacs");
    expect(html).not.toContain("301234567");
    expect(html).toContain('<span class="hidden-value">hidden</span>4567');
    expect(html.includes("/reveal")).toBe(role === "operator");
    expect(html.includes("/replay")).toBe(role === "operator");
  });

  it("says of each value at which path the vendor has the same, to whoever may see both", async () => {
    const [first] = await keepTwo();
    const raw = { client: { number: "06301234567", full_name: "Nora Kovacs" } };
    const { packEvent } = await import("../../src/log/events/pack.ts");
    const packed = await packEvent({ ...first.event, data: { ...first.event.data, raw } });
    await env.LOG.prepare("UPDATE event SET body = ?2, raw = ?3 WHERE receipt = ?1")
      .bind(first.receipt, packed.body, packed.raw)
      .run();
    const path = `/dashboard/events/${first.event.id}`;
    const text = inText((await (await signedIn()).open(path)).html);
    expect(text).toContain("to +36301234567 from client.number");
    expect(text).toContain("name Nora Kovacs from client.full_name");
    expect(inText((await (await signedInAs("operator")).open(path)).html)).not.toContain("from client");
  });

  it("is another page for a receiver", async () => {
    const [first] = await keepTwo();
    const { status } = await (await signedInAs("receiver")).open(`/dashboard/events/${first.event.id}`);
    expect(status).toBe(403);
  });
});

describe("revealing", () => {
  it("shows an operator who says why the event in clear, once, and the audit tells it", async () => {
    const [first] = await keepTwo();
    const browser = await signedInAs("operator");
    const path = `/dashboard/events/${first.event.id}`;
    const shown = await browser.send(`${path}/reveal`, { reason: "she asks to be called back" });
    expect([shown.status, shown.headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect(inText(shown.html)).toContain("name Nora Kovacs");
    expect(inText(shown.html)).toContain("All of it is shown in clear");
    expect((await browser.open(path)).html).not.toContain("Nora Kovacs");
    expect((await browser.open(`${path}/reveal`)).status).toBe(404);
    expect((await audited()).at(-1)).toEqual([
      expect.stringMatching(/^operator/),
      "event.revealed",
      `events/${first.event.id}`,
    ]);
  });

  it("lays open some paths alone", async () => {
    const [first] = await keepTwo();
    const browser = await signedInAs("operator");
    const form = { reason: "why not", paths: "data.call.to, data.nothing" };
    const { html } = await browser.send(`/dashboard/events/${first.event.id}/reveal`, form);
    expect(inText(html)).toContain("data.call.to is shown in clear");
    expect(html).toContain("+36301234567");
    expect(html).not.toContain("Nora Kovacs");
  });

  it("needs a reason, and keeps what was typed", async () => {
    const [first] = await keepTwo();
    const browser = await signedInAs("operator");
    const { status, html } = await browser.send(`/dashboard/events/${first.event.id}/reveal`, { paths: "data.call" });
    expect([status, html.includes("Nora Kovacs")]).toEqual([422, false]);
    expect(inText(html)).toContain("reason:");
    expect(html).toContain('value="data.call"');
    const nowhere = { reason: "why not", paths: "data.nothing" };
    const none = await browser.send(`/dashboard/events/${first.event.id}/reveal`, nowhere);
    expect([none.status, none.html.includes('value="why not"')]).toEqual([422, true]);
  });

  it.each(["viewer", "supervisor"])("is not for a %s, nor for another site", async (role) => {
    const [first] = await keepTwo();
    const path = `/dashboard/events/${first.event.id}/reveal`;
    const weak = await (await signedInAs(role)).send(path, { reason: "curious" });
    expect([weak.status, weak.html.includes("Nora")]).toEqual([403, false]);
    const foreign = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };
    const other = await (await signedInAs("operator")).send(path, { reason: "curious" }, foreign);
    expect([other.status, other.html.includes("Nora")]).toEqual([403, false]);
    expect((await audited()).map(([, action]) => action)).not.toContain("event.revealed");
  });
});

describe("replaying one event", () => {
  const runs = async (receipt: string) =>
    (await env.LOG.prepare("SELECT destination FROM delivery WHERE receipt = ?1 AND run > 0").bind(receipt).all())
      .results;

  it("sends it to one destination again, and leads back", async () => {
    const [first] = await keepTwo();
    const browser = await signedInAs("operator");
    const path = `/dashboard/events/${first.event.id}`;
    const done = await browser.send(`${path}/replay`, { destination: "bi", reason: "bi is back" });
    expect([done.status, done.headers.get("location")]).toEqual([303, `${path}?said=replayed#deliveries`]);
    expect(await runs(first.receipt)).toEqual([{ destination: "bi" }]);
    expect(inText((await browser.open(`${path}?said=replayed`)).html)).toContain("It goes again");
    expect((await call("GET", "replays")).body).toMatchObject({ items: [{ reason: "bi is back" }] });
  });

  it("says where nothing went, and why it was refused", async () => {
    const [first, second] = await keepTwo();
    const browser = await signedInAs("operator");
    await configure({});
    const done = await browser.send(`/dashboard/events/${second.event.id}/replay`, {});
    expect(done.headers.get("location")).toContain("said=nothing_replayed");
    const refused = await browser.send(`/dashboard/events/${first.event.id}/replay`, { destination: "bi" });
    expect(refused.status).toBe(422);
    expect(inText(refused.html)).toContain("bi");
  });

  it("is not for a viewer, nor for another site", async () => {
    const [first] = await keepTwo();
    const path = `/dashboard/events/${first.event.id}/replay`;
    expect((await (await signedInAs("viewer")).send(path, {})).status).toBe(403);
    const foreign = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };
    expect((await (await signedInAs("operator")).send(path, {}, foreign)).status).toBe(403);
    expect(await runs(first.receipt)).toEqual([]);
  });
});

it("shows whatever stands in an event as text", async () => {
  const [kept] = await keepEvents({
    type: "call.completed",
    subject: `call/${XSS}`,
    deliveries: { bi: "dead" },
    data: { call: { id: XSS }, agent: { name: XSS, [XSS]: XSS }, customer: { fields: { [XSS]: [XSS] } } },
  });
  const attempts = JSON.stringify([{ n: 1, at: START, status: 500, reason: XSS, answer: XSS }]);
  await env.LOG.prepare("UPDATE delivery SET attempts = ?1, reason = ?2").bind(attempts, XSS).run();
  await env.LOG.prepare("UPDATE event SET key = ?1").bind(XSS).run();
  const browser = await signedIn();
  const paths = [
    "/dashboard/events",
    `/dashboard/events/${kept?.event.id}`,
    `/dashboard/events?q=${encodeURIComponent(XSS)}&source=${encodeURIComponent(XSS)}`,
    `/dashboard/events/${encodeURIComponent(XSS)}`,
    `/dashboard/calls/ucontact/${encodeURIComponent(XSS)}`,
    `/dashboard/dead-letters?destination=bi`,
  ];
  for (const path of paths) {
    const { html } = await browser.open(path);
    expect(html).not.toContain("<img src=x");
    expect(html).not.toMatch(/\son\w+=alert\(1\)>/);
  }
});
