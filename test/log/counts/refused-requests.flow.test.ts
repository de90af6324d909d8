import { env } from "cloudflare:workers";
import { ulid } from "ulid";
import { expect, test } from "vitest";
import {
  addRefusedRequests,
  type NewRefusedRequest,
  readRefusedRequest,
  removeRefusedRequests,
} from "../../../src/log/counts/refused-requests.ts";

const NOW = Date.parse("2026-11-20T09:00:30Z");
const MINUTE_MS = 60_000;

const refused = (changes: Partial<NewRefusedRequest> & { at?: number } = {}): NewRefusedRequest => {
  const { at = NOW, ...rest } = changes;
  const row = { source: "vcc", lot: "vcc", kind: "user", reason: "wrong_key", status: 401 } as const;
  return { request: `req_${ulid(at)}`, ...row, bytes: null, agent: "agent/1", address: "203.0.113", ...rest };
};
const times = (count: number, make: (n: number) => NewRefusedRequest) =>
  Array.from({ length: count }, (_, n) => make(n));
const kept = async (requests: readonly NewRefusedRequest[], now = NOW) =>
  (await addRefusedRequests(env.LOG, requests, now)).size;

test("a refused request is found by its id, with all that is kept of it", async () => {
  const one = refused({ bytes: 12 });
  expect(await kept([one])).toBe(1);
  const { lot: _, ...row } = one;
  expect(await readRefusedRequest(env.LOG, one.request)).toEqual({ ...row, came: null });
  expect(await readRefusedRequest(env.LOG, "req_other")).toBeUndefined();
});

test("of one reason and network five a minute are kept, also over several writes", async () => {
  expect(await kept(times(3, () => refused()))).toBe(3);
  expect(await kept(times(9, () => refused()))).toBe(2);
  expect(
    await kept([refused({ address: "203.0.114" }), refused({ reason: "no_key" }), refused({ address: null })]),
  ).toBe(3);
  expect(
    await kept(
      times(9, () => refused({ at: NOW + MINUTE_MS })),
      NOW + MINUTE_MS,
    ),
  ).toBe(5);
});

test("of one source twenty a minute are kept, and those that are alike do not crowd out the others", async () => {
  const alike = times(100, () => refused());
  const others = times(30, (n) => refused({ address: `203.0.${n}` }));
  expect(await kept([...alike, ...others])).toBe(20);
  expect(await kept([refused({ address: "198.51.100" })])).toBe(0);
  expect(await kept([refused({ source: "hcc", lot: "hcc" })])).toBe(1);
});

test("ids that somebody made up share one lot", async () => {
  const strangers = times(30, (n) => refused({ source: `made-up-${n}`, lot: "*", address: `203.0.${n}` }));
  expect(await kept(strangers)).toBe(20);
});

test("a request of the minute before is counted with that minute", async () => {
  expect(
    await kept(
      times(5, () => refused({ at: NOW - MINUTE_MS })),
      NOW - MINUTE_MS,
    ),
  ).toBe(5);
  expect(await kept([...times(2, () => refused({ at: NOW - MINUTE_MS })), ...times(2, () => refused())])).toBe(2);
});

test("of a source the newest 200 stay", async () => {
  for (let minute = 0; minute < 11; minute++) {
    const at = NOW + minute * MINUTE_MS;
    await addRefusedRequests(
      env.LOG,
      times(20, (n) => refused({ at, address: `203.0.${n}` })),
      at,
    );
  }
  await addRefusedRequests(env.LOG, [refused({ source: "hcc", lot: "hcc" })], NOW);
  const counted = await env.LOG.prepare(
    "SELECT lot, count(*) AS rows, min(request) AS first FROM refused_request GROUP BY lot ORDER BY lot",
  ).all<{ lot: string; rows: number; first: string }>();
  expect(counted.results).toMatchObject([
    { lot: "hcc", rows: 1 },
    { lot: "vcc", rows: 200 },
  ]);
  expect(counted.results[1]?.first.slice(0, 14)).toBe(`req_${ulid(NOW + MINUTE_MS)}`.slice(0, 14));
});

test("what is older than a moment is removed", async () => {
  const [old, young] = [refused({ at: NOW - 1 }), refused()];
  await kept([old, young]);
  await removeRefusedRequests(env.LOG, NOW).run();
  expect(await readRefusedRequest(env.LOG, old.request)).toBeUndefined();
  expect(await readRefusedRequest(env.LOG, young.request)).toBeDefined();
});
