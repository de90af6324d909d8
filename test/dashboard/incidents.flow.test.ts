import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { call } from "../api/call.ts";
import { SECRET } from "../delivery/scene.ts";
import { openSink } from "../sink/sink.ts";
import { signedIn } from "./browse.ts";
import { expectSafe, linksOf, textOf } from "./page-text.ts";
import { signedInAs, statusesOf } from "./somebody.ts";

const PATH = "/dashboard/incidents";
const ID = "inc_01KASVS2Z00000000000000001";
const EVIL = '"><img src=x onerror=alert(1)>';

function keep(about = { kind: "destination", id: "crm" }) {
  const at = Date.parse("2026-11-20T09:00:00Z");
  const incident = {
    id: ID,
    type: "relay.destination_failing",
    about,
    ...{ since: at, seen: at, opened: at },
    ...{ counts: { waiting: 12 }, sentence: `crm fails ${EVIL}`, next: "try `npx hookswitch destinations test crm`" },
  };
  return runInDurableObject(env.INCIDENTS.getByName("relay"), (_, { storage }) =>
    storage.kv.put("watched", [incident]),
  );
}

let sink: ReturnType<typeof openSink>;

beforeEach(async () => {
  sink = openSink();
  const crm = { url: sink.url, secrets: [SECRET], events: ["call.*"] };
  await call("PUT", "config", { sources: {}, destinations: { crm } });
});

describe("/dashboard/incidents", () => {
  it("is for everybody but receivers, and says when there was none yet", async () => {
    expect(await statusesOf(PATH)).toEqual({ viewer: 200, supervisor: 200, operator: 200, admin: 200, receiver: 403 });
    expect(textOf(await (await signedInAs("viewer")).open(PATH))).toMatch(/None is open\. There was no incident yet/);
  });

  it("tells what is so, about what, and what helps", async () => {
    await keep();
    const page = await (await signedInAs("viewer")).open(PATH);
    expectSafe(page);
    expect(textOf(page)).toMatch(
      /One is open\..*▲ opened destination_failing crm fails .* try npx hookswitch destinations test crm crm waiting: 12 nobody/,
    );
    expect(linksOf(page, "crm")).toContain("/dashboard/destinations/crm");
    expect(page.html).not.toContain("I see to it");
  });

  it("leads to a permission map only those who may see it", async () => {
    await keep({ kind: "permissions", id: "vcc" });
    const [viewer, supervisor] = [await signedInAs("viewer"), await signedInAs("supervisor")];
    expect(linksOf(await supervisor.open(PATH), "vcc")).toEqual(["/dashboard/permissions/vcc"]);
    const page = await viewer.open(PATH);
    expect(textOf(page)).toContain("vcc waiting: 12");
    expect(linksOf(page, "vcc")).toEqual([]);
  });

  it("is acknowledged by an operator, by name", async () => {
    await keep();
    const operator = await signedInAs("operator");
    const done = await operator.send(`${PATH}/${ID}/ack`, {});
    expect(done.headers.get("location")).toBe(`${PATH}?said=acknowledged`);
    expect(textOf(await operator.open(PATH))).toMatch(/operator [\w-]+ , \S+/);
    expect(textOf(await (await signedInAs("viewer")).open(PATH))).toContain("hidden ,");
    expect((await operator.send(`${PATH}/inc_none/ack`, {})).status).toBe(404);
    expect((await (await signedInAs("viewer")).send(`${PATH}/${ID}/ack`, {})).status).toBe(403);
  });

  it("sends a test alert to whoever is told, and says where nobody is", async () => {
    const admin = await signedIn();
    expect(textOf(await admin.send(`${PATH}/test`, {}))).toContain("Nobody is told of incidents");
    const crm = { url: sink.url, secrets: [SECRET], events: ["relay.*"] };
    await call("PUT", "config", { sources: {}, destinations: { crm } });
    expect(textOf(await admin.send(`${PATH}/test`, {}))).toMatch(/● crm : status 2\d\d/);
    expect((await sink.received()).at(-1)?.body).toContain("This is a test");
    const from = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    expect((await admin.send(`${PATH}/test`, {}, from)).status).toBe(403);
    expect(await sink.received()).toHaveLength(1);
  });
});
