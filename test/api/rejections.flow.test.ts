import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { addRejections } from "../../src/log/counts/rejections.ts";
import { call } from "./call.ts";

const rejection = {
  day: "2026-11-20",
  source: "vcc",
  reason: "wrong_key",
  times: 3,
  kept: 2,
  last: Date.parse("2026-11-20T09:00:00Z"),
};
const detail = (kept: object) => JSON.stringify(kept);

beforeEach(() =>
  addRejections(env.LOG, [
    { ...rejection, detail: detail({ places: ["query secret-key"] }) },
    {
      ...rejection,
      day: "2026-11-21",
      reason: "malformed",
      last: Date.parse("2026-11-21T09:00:00Z"),
      detail: detail({ skeleton: '{"user":{"id":"","pass' }),
      bytes: 40,
      sha256: "00ff",
    },
    { ...rejection, day: "2026-11-19", source: "hcc", detail: detail({ places: ["header x-api-key"] }) },
  ]),
);

const list = async (query: string) => (await call("GET", `rejections?${query}`)).body;

describe("GET /api/rejections", () => {
  it("tells why, where a key was looked for, which names were seen and how often, the latest first", async () => {
    expect(await list("")).toMatchObject({
      items: [
        { day: "2026-11-21", reason: "malformed", bytes: 40, sha256: "00ff", members: ["user", "id"], places: [] },
        {
          day: "2026-11-20",
          reason: "wrong_key",
          times: 3,
          kept: 2,
          last: "2026-11-20T09:00:00Z",
          places: ["query secret-key"],
        },
        { day: "2026-11-19", source: "hcc" },
      ],
      next: null,
    });
  });

  it("narrows by source, reason and day", async () => {
    expect(await list("source=hcc")).toMatchObject({ items: [{ source: "hcc" }] });
    expect(await list("reason=malformed")).toMatchObject({ items: [{ reason: "malformed" }] });
    expect((await list("since=2026-11-20&source=vcc")).items).toHaveLength(2);
    expect(await list("source=vcc&reason=no_key")).toEqual({ items: [], next: null, requests: [], nextRequest: null });
  });

  it("pages", async () => {
    const first = await list("limit=2");
    expect(first.items).toHaveLength(2);
    expect(await list(`limit=2&cursor=${first.next}`)).toMatchObject({ items: [{ source: "hcc" }], next: null });
  });

  it.each(["since=20-11-2026", "cursor=-1", "why=so"])("refuses %s", async (query) => {
    expect((await call("GET", `rejections?${query}`)).status).toBe(422);
  });
});
