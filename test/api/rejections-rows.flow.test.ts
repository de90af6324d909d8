import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { adviseOn } from "../../src/api/rejections/advice.ts";
import { addRefusedRequests, type NewRefusedRequest } from "../../src/log/counts/refused-requests.ts";
import { requestIdAt } from "../../src/platform/request-id.ts";
import { call, configureVcc } from "./call.ts";

const START = Date.parse("2026-11-20T09:00:00Z");
const MINUTE = 60_000;

function aRequest(at: number, rest: Partial<NewRefusedRequest> = {}): NewRefusedRequest {
  const known = { lot: "vcc", source: "vcc", kind: "user", reason: "wrong_key", status: 401, bytes: null };
  return {
    ...known,
    agent: "Bot",
    address: "192.0.2",
    came: null,
    ...rest,
    request: `${requestIdAt(at)}${"0".repeat(16)}`,
  };
}

beforeEach(async () => {
  await configureVcc();
  for (const one of [
    aRequest(START),
    aRequest(START + 2 * MINUTE, { reason: "no_key", came: "query key" }),
    aRequest(START + 4 * MINUTE, { lot: "*", source: "vc", reason: "unknown_source", kind: null }),
  ]) {
    await addRefusedRequests(env.LOG, [one], START + 4 * MINUTE);
    await addRefusedRequests(env.LOG, [one], START + 2 * MINUTE);
    await addRefusedRequests(env.LOG, [one], START);
  }
});

const rows = async (query: string) => {
  const { body } = await call("GET", `rejections?${query}`);
  const { requests } = body;
  return Array.isArray(requests) ? requests.map(({ reason }) => reason) : body;
};

describe("refused requests one by one", () => {
  it("say what happened and what to do, the newest first", async () => {
    expect((await call("GET", "rejections")).body).toMatchObject({
      requests: [
        {
          source: "vc",
          reason: "unknown_source",
          at: "2026-11-20T09:04:00Z",
          sentence: "No source is called `vc`.",
          next: "Correct the address at the vendor, or add the source; there are `vcc`.",
        },
        {
          came: ["query key"],
          kind: "user",
          sentence: "The key came in query `key`; this source looks in query `secret-key`.",
        },
        {
          reason: "wrong_key",
          sentence: expect.stringContaining("in query `secret-key` that none of this source's keys"),
          next: "Compare the key at the vendor with `#0`, and set the one that is wrong.",
        },
      ],
      nextRequest: null,
    });
  });

  it("are narrowed by source, reason and time, in the zone of the source", async () => {
    expect(await rows("source=vcc")).toEqual(["no_key", "wrong_key"]);
    expect(await rows("reason=unknown_source")).toEqual(["unknown_source"]);
    expect(await rows("since=2026-11-20 10:01&until=2026-11-20 10:03&source=vcc")).toEqual(["no_key"]);
    expect(await rows("since=2026-11-20 9:01&zone=UTC")).toEqual(["unknown_source", "no_key"]);
  });

  it("are paged", async () => {
    const { body } = await call("GET", "rejections?limit=2");
    expect(body.nextRequest).toBe(aRequest(START + 2 * MINUTE).request);
    expect(await rows(`limit=2&before=${body.nextRequest}`)).toEqual(["wrong_key"]);
  });

  it("are told alone, too", async () => {
    const { request } = aRequest(START + 2 * MINUTE);
    expect((await call("GET", `rejections/${request}`)).body).toMatchObject({
      request,
      sentence: "The key came in query `key`; this source looks in query `secret-key`.",
      next: expect.stringContaining("npx hookswitch url vcc"),
    });
  });
});

it.each([
  "no_key",
  "wrong_key",
  "unknown_source",
  "method_not_allowed",
  "too_large",
  "not_supported",
  "malformed",
  "unknown_coding",
  "broken_coding",
  "undecryptable",
  "invalid_question",
  "not_stored",
  "*",
])("there is advice on %s", (reason) => {
  const { sentence, next } = adviseOn({ reason, source: "vcc", status: 429 }, { source: undefined, ids: [] });
  expect(sentence).toMatch(/^[A-Z].+\.$/);
  expect(next).toMatch(/^[A-Z].+ Its network is limited meanwhile; a request with a live key never is\.$/);
});
