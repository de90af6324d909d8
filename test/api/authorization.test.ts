import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { routes } from "../../src/api/routes.ts";
import { app } from "../../src/app.ts";

const paths = [
  ...Object.keys(routes),
  "GET /api/openapi.json",
  "GET /api/docs",
  "GET /api/nothing",
  "PATCH /api/events",
];
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
