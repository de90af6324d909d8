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

/** Rows that a page reads at most, and statements of the log. */
const USUAL = { rows: 500, statements: 8 };
/** Pages of which an operation says that it looks at more: in this log, and never more than it says. */
const more: Readonly<Record<string, { readonly rows: number; readonly statements: number }>> = {
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
  it("a page of the dashboard asks and reads a bounded number of rows", async () => {
    await keepMany();
    const open = await opener();
    const dear: string[] = [];
    for (const one of await addressesIn(env.LOG)) {
      await open(one);
      const { status, meter } = await open(one);
      expect(`${one.page} ${status}`).toBe(`${one.page} 200`);
      const { rows, statements } = more[one.page] ?? USUAL;
      if (meter.rows > rows || meter.statements > statements) dear.push(told(one.page, meter));
    }
    expect(dear).toEqual([]);
  });
});

function told(page: string, { rows, statements }: Meter): string {
  return `${page}: ${rows} rows, ${statements} statements`;
}
