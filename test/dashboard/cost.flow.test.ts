import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { forgetRelay } from "../../src/config/load-relay.ts";
import worker from "../../src/index.ts";
import { forgetPermissions } from "../../src/login/store/permissions.ts";
import { call } from "../api/call.ts";
import { makeToken } from "../api/people/somebody.ts";
import { type Address, addressesIn } from "../many/addresses.ts";
import { keepBeside } from "../many/beside.ts";
import { config, map } from "../many/documents.ts";
import { aCall, aLogin, keepAlike, keepCalls, SPAN_MS } from "../many/events.ts";
import { type Meter, measure } from "../many/meter.ts";
import { ofThisTest } from "../this-test.ts";
import { signedIn } from "./browse.ts";

/** More than any list shows, and than is looked at for one that is narrowed in vain. */
const EVENTS = 6000;
const REAL = 50;
const ALIKE = 500;
const A_LOGIN_IN = 4;

interface Bound {
  readonly rows: number;
  readonly statements: number;
}

/** What a page costs at most. */
const USUAL: Bound = { rows: 510, statements: 7 };
/** Those that cost more: what waits and what was given up is counted, and what cannot be looked up is looked through. */
const DEARER: Readonly<Record<string, Bound>> = {
  "/dashboard": { rows: 700, statements: 17 },
  "/dashboard/dead-letters": { rows: 720, statements: 3 },
  "/dashboard/dead-letters?destination=crm": { rows: 720, statements: 3 },
  "/dashboard/destinations": { rows: 640, statements: 8 },
  "/dashboard/destinations/:id": { rows: 610, statements: 7 },
  "/dashboard/events?q=agent_7": { rows: 5100, statements: 6 },
  "/dashboard/ledger": { rows: 600, statements: 5 },
  // The 500 agents to choose from, once.
  "/dashboard/logins": { rows: 1070, statements: 3 },
  "/dashboard/logins?agent=agent_10": { rows: 2800, statements: 16 },
  "/dashboard/sources/:id": { rows: 1070, statements: 6 },
};
/** While a page is looked at it is renewed each few seconds. */
const RENEWED: Readonly<Record<string, Bound>> = {
  "/dashboard": { rows: 700, statements: 17 },
  "/dashboard/logins": { rows: 60, statements: 2 },
  "/dashboard/events": { rows: 60, statements: 1 },
  "/dashboard/incidents": { rows: 0, statements: 0 },
};

/** A log with many of everything, and the relay that it belongs to. */
async function keepMany(): Promise<void> {
  const now = Date.now();
  const start = now - SPAN_MS;
  const part = { from: 0, count: EVENTS - REAL, of: EVENTS, start };
  const alike = await Promise.all(
    Array.from({ length: ALIKE }, (_, n) => (n % A_LOGIN_IN === 0 ? aLogin : aCall)(n, start, env)),
  );
  await keepAlike(env, part, alike);
  await keepCalls(env, { ...part, from: EVENTS - REAL, count: REAL });
  await keepBeside(env, EVENTS, now);
  await call("PUT", "config", config);
  await call("PUT", "permissions/vcc", map);
  forgetRelay();
  forgetPermissions();
}

async function opener() {
  const [admin, receiver] = await Promise.all([
    signedIn(),
    makeToken("receiver", { destination: "crm" }).then(({ token }) => signedIn(token)),
  ]);
  return async ({ address, isForReceivers }: Pick<Address, "address" | "isForReceivers">, headers = {}) => {
    const { cookies } = isForReceivers ? receiver : admin;
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const measured = measure(ofThisTest(env));
    const context = createExecutionContext();
    const request = new Request(`https://relay.example.com${address}`, { headers: { ...headers, cookie } });
    const { status } = await worker.fetch(request, measured.env, context);
    await waitOnExecutionContext(context);
    return { status, meter: measured.meter };
  };
}

describe("in a large log", () => {
  it("each page of the dashboard reads so many rows by so many statements, and no more", async () => {
    await keepMany();
    const open = await opener();
    const dear: string[] = [];
    for (const one of await addressesIn(env.LOG)) {
      // The first time, the documents are not known yet.
      await open(one);
      const { status, meter } = await open(one);
      expect([one.page, status]).toEqual([one.page, 200]);
      if (isDear(meter, DEARER[one.page] ?? USUAL)) dear.push(told(one.page, meter));
    }
    expect(dear).toEqual([]);
  });

  it("a page that is renewed does not ask again for what does not change", async () => {
    await keepMany();
    const open = await opener();
    const dear: string[] = [];
    for (const [address, bound] of Object.entries(RENEWED)) {
      await open({ address, isForReceivers: false });
      const { status, meter } = await open({ address, isForReceivers: false }, { "x-renewal": "1" });
      expect([address, status]).toEqual([address, 200]);
      if (isDear(meter, bound)) dear.push(told(address, meter));
    }
    expect(dear).toEqual([]);
  });
});

function isDear(meter: Meter, { rows, statements }: Bound): boolean {
  return meter.rows > rows || meter.statements > statements;
}

function told(page: string, { rows, statements }: Meter): string {
  return `${page}: ${rows} rows, ${statements} statements`;
}
