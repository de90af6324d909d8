import { createExecutionContext } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { app } from "../../src/app.ts";
import { failingLog } from "../delivery/faulty-log.ts";
import { configureVcc } from "./call.ts";

const authorization = "Bearer test-admin-token";

beforeEach(() => configureVcc());

const ask = (method: string, path: string, headers: Record<string, string>) =>
  exports.default.fetch(new Request(`https://relay.example.com${path}`, { method, headers }));

describe("no browser guesses what an answer is", () => {
  it.each([
    ["GET", "/", 200],
    ["GET", "/health", 200],
    ["GET", "/metrics", 200],
    ["GET", "/schemas", 200],
    ["GET", "/schemas/config.json", 200],
    ["GET", "/schemas/nothing.json", 404],
    ["GET", "/api/docs", 200],
    ["GET", "/api/openapi.json", 200],
    ["GET", "/api/events", 200],
    ["GET", "/api/config", 200],
    ["GET", "/api/events?type=nothing", 422],
    ["GET", "/api/events/evt_nothing", 404],
    ["GET", "/api/nothing", 404],
    ["PATCH", "/api/events", 405],
    ["HEAD", "/api/events", 200],
    ["GET", "/dashboard/assets/nothing.css", 404],
    ["GET", "/nothing", 404],
  ])("%s %s", async (method, path, status) => {
    const answer = await ask(method, path, { authorization });
    expect([answer.status, answer.headers.get("x-content-type-options")]).toEqual([status, "nosniff"]);
  });

  it.each([["/api/events"], ["/metrics"]])("%s without a token", async (path) => {
    const answer = await ask("GET", path, {});
    expect([answer.status, answer.headers.get("x-content-type-options")]).toEqual([401, "nosniff"]);
  });

  it("nor that of what failed", async () => {
    const request = new Request("https://relay.example.com/api/events", { headers: { authorization } });
    const answer = await app.fetch(request, { ...env, LOG: failingLog("event") }, createExecutionContext());
    expect([answer.status >= 500, answer.headers.get("x-content-type-options")]).toEqual([true, "nosniff"]);
  });
});

it.each([["/in"], ["/in/acme"], ["//in//acme/"], ["/in/acme/-/key/ivr"]])(
  "%s is led to its one handler, and through nothing else",
  (path) => {
    const request = new Request(`https://relay.example.com${path}`);
    expect(app.router.match("POST", app.getPath(request))[0]).toHaveLength(1);
  },
);
