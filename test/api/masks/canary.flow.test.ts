import { env, exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { routes } from "../../../src/api/routes.ts";
import { forgetRelay } from "../../../src/config/load-relay.ts";
import { forgetPermissions } from "../../../src/login/store/permissions.ts";
import { consumeAll } from "../../delivery/consume-all.ts";
import { aWebhook, SECRET } from "../../delivery/scene.ts";
import { openSink } from "../../sink/sink.ts";
import { askLogin, call } from "../call.ts";
import { callAs, makeToken } from "../people/somebody.ts";

/** Of a person, and of what kind; a role may see one of them or not. */
const PERSON = "canary-person";
const USER = "canary-user";
const PHONE = "+36305551234";
const DIGITS = PHONE.slice(1, -4);
const QUERY = "canary-query";
/** A name that maps alone have, and a note in them. */
const NOTE = "canary-note";
const CALL = "0c9f6a52-5a0e-4b1e-9d0a-7a1f6f2b3c44";

const person = { name: PERSON, email: `${PERSON}@example.com`, phone1: PHONE, contacts: { phone1: { name: PERSON } } };
const at = { timestamp: new Date().toISOString(), projectid: 7 };
/** What VCC Live sends, with a person in each place that may have one. */
const bodies: Readonly<Record<string, object>> = {
  "call-disposition": {
    ...at,
    uuid: CALL,
    numberid: `${PERSON}-record`,
    username: USER,
    agentName: PERSON,
    agent_description: PERSON,
    direction: "out",
    destination: PHONE,
    source: PHONE,
    disposition: { id: 51, name: "Promise", comment: PERSON },
    client_data: { ...person, [PERSON]: PERSON },
  },
  user: {
    ...at,
    old: { username: USER, name: PERSON, mobilePhone: PHONE },
    new: { username: USER, name: `${PERSON} 2`, email: `${PERSON}@example.com`, extension: PERSON, mobilePhone: PHONE },
  },
  sms: {
    ...at,
    smsId: 5501,
    username: USER,
    agentName: PERSON,
    direction: "out",
    from: PHONE,
    to: PHONE,
    message: PERSON,
  },
  email: {
    ...at,
    emailId: 5502,
    direction: "in",
    from: `${PERSON}@example.com`,
    to: [`${PERSON}@example.com`],
    subject: PERSON,
    text: PERSON,
  },
  "ticket-status": {
    action: "add",
    ticket: { ticketId: 302, projectId: 7, title: PERSON, description: PERSON, createdUserName: PERSON },
  },
  "payment-transaction": {
    ...at,
    payment: { transactionid: "p1", amount: 5, status: "failed", status_message: PERSON, card_expiration: PERSON },
    username: USER,
    client_data: person,
  },
  chat: { ...at, chatId: 9, firstAgentName: PERSON, messages: [{ from: PERSON, message: PERSON }], clientName: PERSON },
  // Neither does this kind know a field of it, nor does any other.
  "unheard-of": { ...person, [PERSON]: 1 },
};

const ranks = ["viewer", "supervisor", "operator", "admin"] as const;
type Rank = (typeof ranks)[number];

interface Scene {
  readonly tokens: Readonly<Record<Rank, string>>;
  readonly events: readonly string[];
  readonly receipt: string;
  readonly refused: string;
  readonly replay: string;
  readonly toCancel: string;
  readonly grant: string;
}

async function send(kind: string, body: string): Promise<Response> {
  return exports.default.fetch(
    new Request(`http://localhost/in/vcc/${kind}?secret-key=vcc-key`, { method: "POST", body }),
  );
}

async function configureWith(url: string, labels: object = {}): Promise<void> {
  const vcc = { vendor: "vcc-live", keys: ["vcc-key"], timezone: "UTC", guard: { mode: "shadow" }, labels };
  const crm = { url: `${url}?token=${QUERY}`, secrets: [SECRET], retry: { delays: [3600] } };
  const access = { [`${PERSON}@example.com`]: "viewer" };
  await env.CONFIG.put("relay", JSON.stringify({ access, sources: { vcc }, destinations: { crm } }));
  forgetRelay();
}

/** A relay in which all that it can know of a person is a canary. */
async function prepare(): Promise<Scene> {
  const sink = openSink();
  await sink.behave({ status: 403, body: `no such ${PERSON}, ${USER}, ${PHONE}` });
  await configureWith(sink.url);
  const rule = { allow: [7], until: `${NOTE}-no-time`, note: NOTE };
  await env.PERMISSIONS.put("vcc", JSON.stringify({ usernames: { [USER]: rule, [`${USER}-idle`]: rule } }));
  forgetPermissions();
  const webhooks = Object.entries(bodies).map(([kind, body]) =>
    aWebhook({ source: "vcc", vendor: "vcc-live", kind, body: JSON.stringify(body) }),
  );
  await consumeAll(webhooks);
  await askLogin({ projectId: 7, username: USER, groupId: 3 });
  const refused = await (await send("sms", `{"broken": "${PERSON}`)).json<{ instance: string }>();
  await expect
    .poll(async () => (await call("GET", `rejections/${refused.instance}`)).status, { timeout: 30_000 })
    .toBe(200);
  await expect
    .poll(async () => JSON.stringify((await call("GET", "logins")).body), { timeout: 30_000 })
    .toContain(USER);
  const made = ranks.map(async (role): Promise<[string, string]> => [role, (await makeToken(role)).token]);
  const { viewer = "", supervisor = "", operator = "", admin = "" } = Object.fromEntries(await Promise.all(made));
  // Read again, the disposition has another label, so that there is a difference.
  await configureWith(sink.url, { disposition: { 51: { label: `${PERSON}-label` } } });
  const order = { filter: { source: "vcc" }, dryRun: true, renormalize: true, reason: "again" };
  const replayed = await call("POST", "replays", order);
  expect(replayed.text).toContain(`${PERSON}-label`);
  const narrow = { filter: { subject: `customer/7/${PERSON}` }, dryRun: true };
  const toCancel = await call("POST", "replays", narrow);
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const grant = await call("POST", "permissions/vcc/grants", { usernames: USER, allow: [8], until, note: NOTE });
  const { body } = await call("GET", "events");
  const items: { id: string }[] = Array.isArray(body.items) ? body.items : [];
  expect(items.length).toBeGreaterThan(Object.keys(bodies).length - 1);
  return {
    tokens: { viewer, supervisor, operator, admin },
    events: items.map(({ id }) => id),
    receipt: webhooks[0]?.receipt ?? "",
    refused: refused.instance,
    replay: String(replayed.body.id),
    toCancel: String(toCancel.body.id),
    grant: String(grant.body.id),
  };
}

let scene: Scene;
beforeEach(async () => {
  scene = await prepare();
});

/** How each operation is called, of those that are not for admins alone. */
function calls({
  events,
  receipt,
  refused,
  replay,
  toCancel,
  grant,
}: Scene): Readonly<Record<string, [path: string, body?: object][]>> {
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const searches = ["", `?q=${events[0]}`, `?q=${receipt}`, `?q=${refused}`, `?q=call/${CALL}`, `?q=${CALL}`];
  return {
    "GET /api/events": searches.map((search) => [`events${search}`]),
    "GET /api/events/:id": events.map((id) => [`events/${id}`]),
    // What is revealed is seen by another test.
    "POST /api/events/:id/reveal": [],
    "GET /api/calls/:source/:id": [[`calls/vcc/${CALL}`]],
    "GET /api/receipts/:id": [[`receipts/${receipt}`]],
    "GET /api/rejections": [["rejections"]],
    "GET /api/rejections/:id": [[`rejections/${refused}`]],
    "POST /api/rejections/try": [["rejections/try", { url: `/in/vcc/${PERSON}?secret-key=x`, body: PERSON }]],
    "GET /api/dead-letters": [["dead-letters"]],
    "GET /api/destinations": [["destinations"]],
    "GET /api/destinations/:id": [["destinations/crm"]],
    "POST /api/destinations/:id/pause": [["destinations/crm/pause"]],
    "POST /api/destinations/:id/resume": [["destinations/crm/resume"]],
    "POST /api/destinations/:id/test": [],
    "GET /api/sources": [["sources"]],
    "GET /api/sources/:id": [["sources/vcc"]],
    "GET /api/status": [["status"]],
    "GET /api/incidents": [["incidents"]],
    // It answers with one of the list.
    "POST /api/incidents/:id/ack": [],
    "POST /api/alerts/test": [["alerts/test"]],
    "GET /api/ledger": [["ledger?recount=1"]],
    "GET /api/stats": [["stats"]],
    "GET /api/drift": [["drift"]],
    "GET /api/me": [["me"]],
    "POST /api/events/:id/replay": [[`events/${events[0]}/replay`, { reason: "again" }]],
    "GET /api/replays": [["replays"]],
    "GET /api/replays/:id": [[`replays/${replay}`]],
    "POST /api/replays": [["replays", { filter: { subject: `customer/7/${PERSON}` }, dryRun: true }]],
    "POST /api/replays/:id/start": [[`replays/${replay}/start`]],
    "POST /api/replays/:id/cancel": [[`replays/${toCancel}/cancel`]],
    "GET /api/logins": [["logins"], [`logins?agent=${USER}`]],
    "GET /api/agents": [["agents"]],
    "GET /api/permissions": [["permissions"]],
    "GET /api/permissions/:source": [["permissions/vcc"]],
    "GET /api/permissions/:source/matrix": [["permissions/vcc/matrix"]],
    "GET /api/permissions/:source/grants": [["permissions/vcc/grants"]],
    "POST /api/permissions/:source/check": [
      ["permissions/vcc/check", { usernames: { [USER]: { deny: [7], until: PERSON, note: NOTE } } }],
    ],
    "GET /api/permissions/:source/versions": [["permissions/vcc/versions"]],
    "GET /api/permissions/:source/versions/:version": [["permissions/vcc/versions/1"]],
    "GET /api/permissions/:source/versions/:version/changes": [["permissions/vcc/versions/1/changes"]],
    "POST /api/permissions/:source/explain": [
      ["permissions/vcc/explain", { question: { username: USER, projects: [7] }, at: new Date().toISOString() }],
    ],
    "POST /api/permissions/:source/dry-run": [
      ["permissions/vcc/dry-run", { map: { usernames: { [USER]: { deny: "*" } } } }],
    ],
    "GET /api/permissions/:source/unused": [["permissions/vcc/unused"]],
    "GET /api/permissions/:source/status": [["permissions/vcc/status"]],
    "POST /api/permissions/:source/grants": [
      ["permissions/vcc/grants", { usernames: USER, allow: [9], until, note: NOTE }],
    ],
    "DELETE /api/permissions/:source/grants/:id": [[`permissions/vcc/grants/${grant}`]],
  };
}

/** What no answer may have that a role is given. */
const hidden: Readonly<Record<Rank, readonly string[]>> = {
  viewer: [PERSON, DIGITS, QUERY, USER, NOTE],
  supervisor: [PERSON, DIGITS, QUERY],
  operator: [PERSON, DIGITS, QUERY],
  admin: [QUERY],
};

describe("each operation shows each role what it may see", () => {
  it("is asked for every operation that is not for admins alone", () => {
    const asked = Object.keys(calls(scene)).toSorted();
    expect(asked).toEqual(
      Object.entries(routes)
        .flatMap(([route, { who }]) => (who === "admin" ? [] : [route]))
        .toSorted(),
    );
  });

  it.each(ranks)("%s", async (role) => {
    const seen = new Set<string>();
    for (const [route, asked] of Object.entries(calls(scene))) {
      const [method = ""] = route.split(" ");
      for (const [path, body] of asked) {
        const { status, text } = await callAs(scene.tokens[role], method, path, body);
        const told = hidden[role].filter((canary) => text.includes(canary));
        expect([route, path, text, told]).toEqual([route, path, text, []]);
        if (status !== 403) expect([route, path, status, text]).toEqual([route, path, 200, text]);
        for (const canary of [PERSON, USER, NOTE, "***1234", "call.dispositioned"]) {
          if (text.includes(canary)) seen.add(canary);
        }
      }
    }
    // What a role may see is there to be seen, or this test would show nothing.
    const visible = { viewer: ["***1234"], supervisor: [USER, NOTE, "***1234"], admin: [PERSON, USER, NOTE] };
    expect([...seen]).toEqual(
      expect.arrayContaining([...{ operator: visible.supervisor, ...visible }[role], "call.dispositioned"]),
    );
  });
});

describe("who may not search for a person", () => {
  const someone = [PHONE, "06 30 555 1234", `${PERSON}@example.com`, `agent/${USER}`, `customer/7/${PERSON}-record`];

  it.each(["viewer", "supervisor"] as const)("is told who may: %s", async (role) => {
    for (const q of [...someone, "+36305550000", "nobody@example.com", "agent/nobody", "customer/7/1"]) {
      const { status, body } = await callAs(scene.tokens[role], "GET", `events?q=${encodeURIComponent(q)}`);
      expect([q, status, body.code, body.detail]).toEqual([
        q,
        403,
        "forbidden",
        expect.stringContaining("needs the role operator"),
      ]);
    }
    for (const subject of [`agent/${USER}`, "agent/nobody", `customer/7/${PERSON}-record`]) {
      const { status } = await callAs(scene.tokens[role], "GET", `events?subject=${encodeURIComponent(subject)}`);
      expect([subject, status]).toEqual([subject, 403]);
    }
  });

  it.each([USER, PERSON, `${PERSON}-record`])("finds nothing by %s, as if there were none", async (q) => {
    const { body } = await callAs(scene.tokens.viewer, "GET", `events?q=${q}`);
    expect(body).toEqual({ items: [], next: null, taken: ["call"] });
  });

  it("an operator may, and sees it masked all the same", async () => {
    for (const q of [PHONE, `${PERSON}@example.com`, USER, `${PERSON}-record`]) {
      const { body, text } = await callAs(scene.tokens.operator, "GET", `events?q=${encodeURIComponent(q)}`);
      expect([q, Array.isArray(body.items) && body.items.length > 0, text.includes(PERSON)]).toEqual([q, true, false]);
    }
  });
});
