import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { examine } from "../../src/config/check/examine.ts";
import { alerts } from "../../src/config/schema/alerts.ts";
import { relayTypes } from "../../src/events/types.ts";
import { SECRET } from "../e2e/receiver.ts";
import { readCode } from "./docs/read-code.ts";

const page = readFileSync("docs/alerts.md", "utf8");
const adapter = z
  .object({ default: z.object({ fetch: z.custom<(request: Request, env: object) => Promise<Response>>() }) })
  .transform(({ default: worker }) => worker);
/** A path that is not known when types are checked: the example is JavaScript. */
const ADAPTER: string = "../../docs/examples/alerts/adapter.js";

const posted: unknown[] = [];
const other = createServer(async (request, response) => {
  posted.push(JSON.parse(await text(request)));
  response.writeHead(request.url === "/refuses" ? 500 : 200).end();
});
let url: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
});

afterAll(() => new Promise((resolve) => other.close(resolve)));

/** An event as a destination gets it, signed. */
function aDelivery(type: string, path: string, incident: object = {}): Request {
  const event = JSON.parse(readFileSync(`src/events/examples/${type}.json`, "utf8"));
  const body = JSON.stringify({ ...event, data: { incident: { ...event.data.incident, ...incident } } });
  const now = new Date();
  const headers = {
    "webhook-id": event.id,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": new Webhook(SECRET).sign(event.id, now, body),
  };
  return new Request(`https://alerts.example.workers.dev/${path}`, { method: "POST", body, headers });
}

async function tell(request: Request, env: object = {}): Promise<number> {
  const worker = adapter.parse(await import(ADAPTER));
  const names = { SLACK_URL: url, TEAMS_URL: url, PAGERDUTY_URL: url, PAGERDUTY_KEY: "pd-key" };
  return (await worker.fetch(request, { SECRET, ...names, ...env })).status;
}

describe("docs/alerts.md", () => {
  it("names every type and every threshold", () => {
    for (const type of relayTypes) expect(page).toContain(`| \`${type}\``);
    for (const name of Object.keys(alerts.shape)) expect(page).toContain(`\`${name}\``);
  });

  it("shows an example that every relay takes", async () => {
    const lookup = (name: string) => (/SECRET/.test(name) ? SECRET : `key-${name}-5b1d0c4e9f7a`);
    const example = readFileSync("docs/examples/alerts/relay.json", "utf8");
    expect(await examine(example, { rules: { allowPrivate: false }, lookup })).toMatchObject({
      state: "valid",
      faults: [],
    });
  });

  it("shows an event that is one of the examples", () => {
    const [shown] = readCode("docs/alerts.md", "json");
    const example = JSON.parse(readFileSync("src/events/examples/relay.destination_failing.json", "utf8"));
    expect(example).toMatchObject(JSON.parse(shown ?? ""));
  });
});

describe("docs/examples/alerts/adapter.js", () => {
  it("tells Slack and Teams in their words", async () => {
    expect(await tell(aDelivery("relay.destination_failing", "slack"))).toBe(204);
    expect(posted.at(-1)).toEqual({
      text: expect.stringMatching(/^🔴 crm fails: [^\n]+\n→ npx hookswitch destinations/),
    });
    const over = { state: "closed", until: "2026-11-20T09:30:00Z", test: true };
    expect(await tell(aDelivery("relay.destination_failing", "teams", over))).toBe(204);
    expect(posted.at(-1)).toMatchObject({
      type: "message",
      attachments: [
        {
          content: {
            body: [{ text: expect.stringMatching(/^\(test\) 🟢 over since 2026-11-20T09:30:00Z: crm fails/) }],
          },
        },
      ],
    });
  });

  it("opens and resolves one incident of PagerDuty", async () => {
    await tell(aDelivery("relay.logins_refused", "pagerduty"));
    await tell(aDelivery("relay.logins_refused", "pagerduty", { state: "closed" }));
    const alert = { routing_key: "pd-key", dedup_key: "inc_01KASVS2Z0000000000000000A" };
    expect(posted.slice(-2)).toEqual([
      expect.objectContaining({
        ...alert,
        event_action: "trigger",
        payload: {
          summary: "18 of 20 logins at acme-vcc were refused within 10 minutes",
          source: "source/acme-vcc",
          severity: "error",
        },
      }),
      expect.objectContaining({ ...alert, event_action: "resolve" }),
    ]);
  });

  it("tells nothing that is not signed, and has refused what the other side refuses", async () => {
    const count = posted.length;
    const forged = new Request(aDelivery("relay.log_behind", "slack"), { headers: { "webhook-id": "evt_1" } });
    expect(await tell(forged)).toBe(401);
    expect(await tell(aDelivery("relay.log_behind", "elsewhere"))).toBe(404);
    expect(posted).toHaveLength(count);
    expect(await tell(aDelivery("relay.log_behind", "slack"), { SLACK_URL: `${url}/refuses` })).toBe(502);
  });
});
