import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { forgetClearViews } from "../../../src/api/masks/note-clear-view.ts";
import { app } from "../../../src/app.ts";
import { consumeAll } from "../../delivery/consume-all.ts";
import { failingLog } from "../../delivery/faulty-log.ts";
import { aWebhook, configure } from "../../delivery/scene.ts";
import { openSink } from "../../sink/sink.ts";
import { call, configureVcc } from "../call.ts";
import { keepEvents } from "../keep-events.ts";
import { audited, callAs, type Made, makeToken } from "../people/somebody.ts";

const customer = { name: "Nora Kis", phone: "+36305551234", fields: { "a.b": "canary", plan: "gold" } };

let operator: Made;
let id = "";
beforeEach(async () => {
  operator = await makeToken("operator");
  const [kept] = await keepEvents({ data: { call: { id: "7", from: "+36305551234" }, customer }, subject: "call/7" });
  id = kept?.event.id ?? "";
});

const reveal = (body: object, token = operator.token) => callAs(token, "POST", `events/${id}/reveal`, body);
const revealed = async () => (await audited()).filter(([, action]) => action === "event.revealed");

describe("POST /api/events/:id/reveal", () => {
  it("shows an event in clear that is masked else, and the audit tells who saw it, and why", async () => {
    const masked = await callAs(operator.token, "GET", `events/${id}`);
    expect(masked.body.event).toMatchObject({
      subject: "call/7",
      data: { call: { id: "7", from: "***1234" }, customer: { name: "***", phone: "***1234", fields: "***" } },
    });
    const { status, body } = await reveal({ reason: "she asks to be called back" });
    expect(status).toBe(200);
    expect(body.event).toMatchObject({ data: { call: { from: "+36305551234" }, customer } });
    const admins = await call("GET", `events/${id}`);
    expect(body).toEqual(admins.body);
    const { items } = (await call("GET", `audit?what=events/${id}`)).body;
    expect(items).toMatchObject([
      {
        who: expect.stringMatching(/^operator /),
        role: "operator",
        action: "event.revealed",
        reason: "she asks to be called back",
      },
    ]);
  });

  it.each([
    [["data.customer.name"], { customer: { name: "Nora Kis", phone: "***1234", fields: "***" } }],
    [["data.customer.fields.a.b"], { customer: { name: "***", phone: "***1234", fields: { "a.b": "canary" } } }],
    [["event.data.call.from", "data.nothing"], { call: { from: "+36305551234" }, customer: { name: "***" } }],
  ])("shows %j alone, if that is asked for", async (paths, data) => {
    const { body } = await reveal({ paths, reason: "why not" });
    expect(body.event).toMatchObject({ data });
    expect(body.revealed).toEqual(paths.filter((path) => path !== "data.nothing"));
    expect(await revealed()).toMatchObject([[expect.anything(), "event.revealed", `events/${id} ${paths[0]}`]]);
  });

  it("shows what a receiver answered, too, and what was received", async () => {
    const sink = openSink();
    await sink.behave({ status: 403, body: "no such Nora Kis" });
    await configure({ crm: { url: sink.url } });
    const webhook = aWebhook({ source: "vcc", vendor: "vcc-live", kind: "sms", body: '{"smsId":1,"x":"Nora Kis"}' });
    await consumeAll([webhook]);
    id = webhook.receipt;
    expect((await callAs(operator.token, "GET", `events/${id}`)).body).toMatchObject({
      raw: "***",
      deliveries: [{ attempts: [{ n: 1, status: 403, answer: "***" }] }],
    });
    const answers = await reveal({ paths: ["deliveries.attempts.answer"], reason: "why not" });
    expect(answers.body).toMatchObject({ raw: "***", deliveries: [{ attempts: [{ answer: "no such Nora Kis" }] }] });
    for (const path of ["raw.x", "data.raw.x"]) {
      expect((await reveal({ paths: [path], reason: "why not" })).body).toMatchObject({
        raw: { x: "Nora Kis" },
        deliveries: [{ attempts: [{ answer: "***" }] }],
      });
    }
  });

  it.each([
    [{}, 422, "reason"],
    [{ reason: "  " }, 422, "reason"],
    [{ reason: "x", paths: [] }, 422, "paths"],
    [{ reason: "x", paths: ["data.customer.nam"] }, 422, "nothing there"],
  ])("%j is refused, and nothing is told", async (body, status, sentence) => {
    const answer = await reveal(body);
    expect([answer.status, answer.body.detail]).toEqual([status, expect.stringContaining(sentence)]);
    expect(await revealed()).toEqual([]);
  });

  it("is for operators, and for events that are there", async () => {
    for (const role of ["viewer", "supervisor"]) {
      expect((await reveal({ reason: "x" }, (await makeToken(role)).token)).status).toBe(403);
    }
    expect((await callAs(operator.token, "POST", "events/evt_1/reveal", { reason: "x" })).status).toBe(404);
    expect(await revealed()).toEqual([]);
  });

  it("reveals nothing where the audit cannot be written, to an admin neither", async () => {
    const { status, text } = await callWith("POST", `events/${id}/reveal`, { reason: "x" });
    expect([status, text.includes("Nora")]).toEqual([503, false]);
    expect(text).toContain("log_unreadable");
    expect(await revealed()).toEqual([]);
  });
});

/** Calls the API as the admin while the audit cannot be written. */
async function callWith(method: string, path: string, body?: object) {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const ctx = createExecutionContext();
  const request = new Request(`http://localhost/api/${path}`, {
    method,
    headers: { authorization: "Bearer test-admin-token" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await app.fetch(request, { ...env, LOG: failingLog("INSERT INTO audit") }, ctx);
  const text = await response.text();
  await waitOnExecutionContext(ctx);
  return { status: response.status, text };
}

describe("an admin", () => {
  const told = async () => (await audited()).filter(([, action]) => action === "persons.seen");

  it("sees clear values, of which the audit tells once an hour for each token, whatever the isolate", async () => {
    const other = await makeToken("admin");
    expect((await call("GET", "events")).text).not.toContain("***");
    expect(await told()).toEqual([]);
    for (const forget of [false, true, false]) {
      if (forget) forgetClearViews();
      expect((await call("GET", `events/${id}`)).text).toContain("Nora Kis");
    }
    expect(await told()).toEqual([["admin", "persons.seen", "api"]]);
    await callAs(other.token, "GET", "calls/ucontact/7");
    await callAs(other.token, "GET", `events/${id}`);
    expect(await told()).toEqual([
      ["admin", "persons.seen", "api"],
      [expect.stringMatching(/^admin /), "persons.seen", "api"],
    ]);
    vi.useFakeTimers({ now: Date.now() + 3_600_000, toFake: ["Date"] });
    await call("GET", `events/${id}`);
    expect(await told()).toHaveLength(3);
    const { results } = await env.LOG.prepare("SELECT who FROM clear_view").all();
    expect(results).toEqual([{ who: "admin" }]);
  });

  it("sees what an operator does where the audit cannot be written", async () => {
    const { status, text } = await callWith("GET", `events/${id}`);
    expect([status, text.includes("Nora"), text.includes("***1234")]).toEqual([200, false, true]);
    expect((await call("GET", `events/${id}`)).text).toContain("Nora Kis");
  });
});

describe("a map", () => {
  it("is shown to a supervisor with every byte that was written", async () => {
    await configureVcc();
    const text = '{ "usernames": { "nora_k": { "allow": [7], "note": "evenings" } } }';
    await call("PUT", "permissions/vcc?confirm=1", text);
    const supervisor = await makeToken("supervisor");
    const read = await callAs(supervisor.token, "GET", "permissions/vcc");
    expect([read.text, read.etag]).toEqual([text, (await call("GET", "permissions/vcc")).etag]);
  });
});
