import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { routes } from "../../src/api/routes.ts";
import { app } from "../../src/app.ts";

const paths = [...Object.keys(routes), "GET /api/nothing", "PATCH /api/events"];
/** Nothing, another token, half of it, none of it, another scheme, and what an unset variable may read as. */
const wrong = [undefined, "", "Bearer test-admin-tokem", "Bearer test-admin", "Bearer ", "Basic test-admin-token"];

async function ask(route: string, authorization: string | undefined, variables: object = {}) {
  const [method = "", path = ""] = route.split(" ");
  const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
  const request = new Request(`http://localhost${path.replace(/:\w+/g, "x")}`, { method, headers });
  return app.fetch(request, { ...env, ...variables }, createExecutionContext());
}

it.each(paths)("%s is closed to who does not bring the token, and tells nothing", async (route) => {
  for (const authorization of wrong) {
    const response = await ask(route, authorization);
    expect([authorization, response.status]).toEqual([authorization, 401]);
    expect(response.headers.get("www-authenticate")).toBe("Bearer");
    expect(await response.json()).toEqual({
      type: "urn:hookswitch:problem:unauthorized",
      title: "Unauthorized",
      status: 401,
      code: "unauthorized",
      detail: expect.stringContaining("Authorization: Bearer <token>"),
      instance: expect.stringMatching(/^req_/),
    });
  }
});

it.each(paths)("%s is closed to everybody while no token is set", async (route) => {
  for (const ADMIN_TOKEN of ["", undefined]) {
    for (const authorization of ["Bearer ", "Bearer undefined", "Bearer null"]) {
      expect((await ask(route, authorization, { ADMIN_TOKEN })).status).toBe(401);
    }
  }
});

it("takes the token in the header only", async () => {
  expect((await ask("GET /api/ledger?token=test-admin-token", undefined)).status).toBe(401);
  expect((await ask("GET /api/ledger", "bearer test-admin-token")).status).toBe(200);
});

it("says which methods a path has", async () => {
  const response = await ask("DELETE /api/config", "Bearer test-admin-token");
  expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, PUT"]);
  expect(await response.json()).toMatchObject({ code: "method_not_allowed" });
});

describe("a wrong token", () => {
  const lines: Record<string, unknown>[] = [];
  const keys: string[] = [];
  const limiter = (answer: () => Promise<RateLimitOutcome>): RateLimit => ({
    limit: ({ key }) => {
      keys.push(key);
      return answer();
    },
  });
  const refused = { FAILURES: limiter(async () => ({ success: false })) };

  beforeEach(() => {
    lines.length = 0;
    keys.length = 0;
    vi.spyOn(console, "warn").mockImplementation((line: string) => void lines.push(JSON.parse(line)));
  });

  const from = (address: string, authorization: string, variables: object = {}) => {
    const headers = { authorization, "cf-connecting-ip": address };
    const request = new Request("http://localhost/api/ledger", { headers });
    return app.fetch(request, { ...env, ...variables }, createExecutionContext());
  };

  it("that comes too often from an address is told so, and the right one is let in all the same", async () => {
    const response = await from("203.0.113.9", "Bearer wrong", refused);
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "60"]);
    expect(await response.json()).toMatchObject({
      code: "too_many_failures",
      detail: expect.stringContaining("address"),
    });
    keys.length = 0;
    expect((await from("203.0.113.9", "Bearer test-admin-token", refused)).status).toBe(200);
    expect(keys).toEqual([]);
  });

  it("is counted and logged by a part of the address, and nothing of the token with it", async () => {
    await from("203.0.113.9", "Bearer canary-token", refused);
    await from("2001:db8:1:2:3::4", "Basic canary-token");
    expect(lines).toEqual([
      {
        event: "api.refused",
        request: expect.stringMatching(/^req_/),
        reason: "wrong_token",
        limited: true,
        address: "203.0.113",
      },
      {
        event: "api.refused",
        request: expect.stringMatching(/^req_/),
        reason: "no_token",
        limited: false,
        address: "2001:db8:1",
      },
    ]);
    expect(keys).toEqual(["api 203.0.113"]);
  });

  it.each<[string, () => Promise<RateLimitOutcome>]>([
    ["fails", () => Promise.reject(new Error("no limiter"))],
    ["hangs", () => new Promise(() => undefined)],
    [
      "throws",
      () => {
        throw new Error("no limiter");
      },
    ],
  ])("is refused as ever where the limiter %s", async (_, answer) => {
    const began = Date.now();
    expect((await from("203.0.113.9", "Bearer wrong", { FAILURES: limiter(answer) })).status).toBe(401);
    expect(Date.now() - began).toBeLessThan(1500);
  });

  it("is not hashed when it is longer than any token", async () => {
    const digest = vi.spyOn(crypto.subtle, "digest");
    expect((await from("203.0.113.9", `Bearer ${"x".repeat(2000)}`)).status).toBe(401);
    expect(digest).not.toHaveBeenCalled();
  });

  it("is limited by the limiter of the Worker", { timeout: 120_000 }, async () => {
    let status = 0;
    // The limiter counts by the minute; a minute may end in between.
    for (let tries = 0; tries < 2 && status !== 429; tries += 1) {
      await Promise.all(Array.from({ length: 1000 }, () => env.FAILURES.limit({ key: "api 198.51.100" })));
      status = (await from("198.51.100.7", "Bearer wrong")).status;
    }
    expect(status).toBe(429);
    expect((await from("198.51.101.7", "Bearer wrong")).status).toBe(401);
    expect((await from("198.51.100.7", "Bearer test-admin-token")).status).toBe(200);
  });
});

it("takes a token that was set with a line break at its end", async () => {
  expect((await ask("GET /api/ledger", "Bearer the-token", { ADMIN_TOKEN: "the-token\r\n" })).status).toBe(200);
});
