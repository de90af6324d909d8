import { exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { routes } from "../../src/api/routes.ts";
import { configure } from "../delivery/scene.ts";
import { openSink } from "../sink/sink.ts";
import { call } from "./call.ts";
import { keepEvents } from "./keep-events.ts";

const content = z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()) }));
const described = z.object({
  operationId: z.string().min(3),
  summary: z.string().min(10),
  parameters: z.array(z.object({ name: z.string(), in: z.enum(["path", "query"]), required: z.boolean() })),
  requestBody: z.object({ content }).optional(),
  responses: z.object({ 200: z.object({ content }), default: z.object({ content }) }),
});
const document = z.object({
  openapi: z.literal("3.1.0"),
  info: z.object({ title: z.string(), version: z.string() }),
  security: z.tuple([z.object({ token: z.array(z.string()).length(0) })]),
  components: z.object({ securitySchemes: z.object({ token: z.object({ type: z.literal("http") }) }) }),
  paths: z.record(z.string().startsWith("/api/"), z.record(z.string(), described)),
});
const read = async () => document.parse((await call("GET", "openapi.json")).body);

describe("GET /api/openapi.json", () => {
  it("describes every operation once", async () => {
    const { paths } = await read();
    const told = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ":$1")}`),
    );
    expect(told.toSorted()).toEqual(Object.keys(routes).toSorted());
    const ids = Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("names the parameters of paths and queries, and which are needed", async () => {
    const { paths } = await read();
    const names = (path: string, method: string) =>
      paths[path]?.[method]?.parameters.map((one) => `${one.in} ${one.name}${one.required ? "" : "?"}`);
    expect(names("/api/events/{id}", "get")).toEqual(["path id"]);
    expect(names("/api/events", "get")?.toSorted()).toEqual(
      ["source", "type", "state", "subject", "destination", "since", "until", "zone", "q", "cursor", "limit"]
        .map((name) => `query ${name}?`)
        .sort(),
    );
    expect(paths["/api/replays"]?.post?.requestBody?.content["application/json"]?.schema).toMatchObject({
      type: "object",
      required: ["filter"],
    });
  });

  it("says what is answered: no field more, no field less", async () => {
    await configure({ crm: { url: openSink().url } });
    const [kept] = await keepEvents({ subject: "call/7", deliveries: { crm: "dead", bi: "delivered" } });
    const asked = [
      ["GET /api/events", "GET", "events"],
      ["GET /api/events/:id", "GET", `events/${kept?.receipt}`],
      ["GET /api/receipts/:id", "GET", `receipts/${kept?.receipt}`],
      ["GET /api/rejections", "GET", "rejections"],
      ["GET /api/destinations", "GET", "destinations"],
      ["GET /api/destinations/:id", "GET", "destinations/crm"],
      ["POST /api/destinations/:id/pause", "POST", "destinations/crm/pause"],
      ["POST /api/destinations/:id/resume", "POST", "destinations/crm/resume"],
      ["POST /api/destinations/:id/test", "POST", "destinations/crm/test"],
      ["GET /api/ledger", "GET", "ledger?recount=1"],
      ["GET /api/stats", "GET", "stats"],
    ] as const;
    for (const [route, method, path] of asked) {
      const { status, body } = await call(method, path);
      expect([route, status]).toEqual([route, 200]);
      expect(routes[route].gives.parse(body)).toEqual(body);
    }
    const order = { filter: {}, dryRun: true, renormalize: true };
    const { body } = await call("POST", "replays", order);
    expect(routes["POST /api/replays"].gives.parse(body)).toEqual(body);
    for (const [route, method, path] of [
      ["GET /api/replays", "GET", "replays"],
      ["POST /api/replays/:id/start", "POST", `replays/${body.id}/start`],
      ["GET /api/replays/:id", "GET", `replays/${body.id}`],
    ] as const) {
      const { status, body } = await call(method, path);
      expect([route, status]).toEqual([route, 200]);
      expect(routes[route].gives.parse(body)).toEqual(body);
    }
  });
});

describe("GET /api/docs", () => {
  it("shows every operation on a page that loads and runs nothing", async () => {
    const headers = { authorization: "Bearer test-admin-token" };
    const response = await exports.default.fetch(new Request("http://localhost/api/docs", { headers }));
    const page = await response.text();
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/html; charset=UTF-8"]);
    for (const route of Object.keys(routes)) expect(page).toContain(`>${route}<`);
    expect(page).toContain("any id: of an event, a receipt, a refused request, a subject or a call");
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
    expect(page).not.toMatch(/<(script|link|img|iframe)|https?:\/\/|@import|url\(/);
  });
});
