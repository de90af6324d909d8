import { exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { routes } from "../../src/api/routes.ts";
import { configure } from "../delivery/scene.ts";
import { openSink } from "../sink/sink.ts";
import { call } from "./call.ts";
import { keepEvents } from "./keep-events.ts";

const content = z.record(
  z.string(),
  z.object({ schema: z.record(z.string(), z.unknown()), example: z.unknown().optional() }),
);
const described = z.object({
  operationId: z.string().min(3),
  summary: z.string().min(10),
  "x-role": z.enum(["viewer", "supervisor", "operator", "admin"]),
  parameters: z.array(
    z.object({
      name: z.string(),
      in: z.enum(["path", "query"]),
      required: z.boolean(),
      description: z.string().optional(),
      example: z.unknown().optional(),
      schema: z.record(z.string(), z.unknown()),
    }),
  ),
  requestBody: z.object({ content }).optional(),
  responses: z.object({ 200: z.object({ content }), default: z.object({ content }) }),
});
const document = z.object({
  openapi: z.literal("3.1.0"),
  info: z.object({ title: z.string(), version: z.string() }),
  security: z.tuple([z.object({ token: z.array(z.string()).length(0) })]),
  components: z.object({ securitySchemes: z.object({ token: z.object({ type: z.literal("http") }) }) }),
  paths: z.record(z.string(), z.record(z.string(), described)),
});
/** What is served beside the table of routes. */
const METRICS = "GET /metrics";
const fetchOpenly = (path: string) => exports.default.fetch(new Request(`http://localhost/${path}`));
const read = async () => document.parse(await (await fetchOpenly("api/openapi.json")).json());

const members = z.record(z.string(), z.looseObject({ description: z.string().optional() }));
const described_ = z.looseObject({ description: z.string().optional(), properties: members.optional() });

/** The members of a body, at any depth, that nobody has described. */
function undescribed(schema: unknown, path: string): string[] {
  const { properties = {} } = described_.parse(schema);
  return Object.entries(properties).flatMap(([name, member]) => [
    ...(member.description === undefined ? [`${path}.${name}`] : []),
    ...undescribed(member, `${path}.${name}`),
  ]);
}

describe("GET /api/openapi.json", () => {
  it("describes every operation once", async () => {
    const { paths } = await read();
    const told = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ":$1")}`),
    );
    expect(told.toSorted()).toEqual([...Object.keys(routes), METRICS].toSorted());
    const ids = Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("describes the metrics as they are answered: by whom, and in which form", async () => {
    const metrics = (await read()).paths["/metrics"]?.get;
    expect([metrics?.operationId, metrics?.["x-role"]]).toEqual(["getMetrics", "viewer"]);
    const headers = { authorization: "Bearer test-admin-token" };
    const answered = await exports.default.fetch(new Request("http://localhost/metrics", { headers }));
    const refused = await fetchOpenly("metrics");
    expect(Object.keys(metrics?.responses[200].content ?? {})).toEqual([answered.headers.get("content-type")]);
    expect(Object.keys(metrics?.responses.default.content ?? {})).toEqual([refused.headers.get("content-type")]);
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

  it("is open to everybody, describes every parameter and member, and tells the least role", async () => {
    const { paths } = await read();
    const all = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, one]) => [`${method.toUpperCase()} ${path}`, one] as const),
    );
    const missing = all.flatMap(([name, { parameters, requestBody }]) => {
      const schema = requestBody?.content["application/json"]?.schema;
      const isFree = (one: (typeof parameters)[number]) => one.schema.enum === undefined;
      return [
        ...parameters.filter((one) => one.description === undefined).map((one) => `${name} ${one.name}`),
        ...parameters
          .filter((one) => isFree(one) && one.example === undefined)
          .map((one) => `${name} ${one.name}: no example`),
        ...(schema === undefined ? [] : undescribed(schema, name)),
        ...(schema !== undefined && schema.properties === undefined && schema.description === undefined ? [name] : []),
      ];
    });
    expect(missing).toEqual([]);
    for (const [name, one] of all.filter(([name]) => name !== METRICS)) {
      const route = name.replace(/\{(\w+)\}/g, ":$1");
      expect([route, one["x-role"]]).toEqual([route, new Map(Object.entries(routes)).get(route)?.who]);
    }
  });

  it("has an example of each body, which the operation takes", async () => {
    const { paths } = await read();
    for (const [path, methods] of Object.entries(paths)) {
      for (const [method, { requestBody }] of Object.entries(methods)) {
        const example = requestBody?.content["application/json"]?.example;
        const route = `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ":$1")}`;
        const body = new Map(Object.entries(routes)).get(route)?.takes.body;
        if (body !== undefined) expect([route, z.safeParse(body, example).error?.message]).toEqual([route, undefined]);
      }
    }
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
  it("shows every operation to everybody, on a page that loads and runs nothing", async () => {
    const response = await fetchOpenly("api/docs");
    const page = await response.text();
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/html; charset=UTF-8"]);
    for (const route of Object.keys(routes)) expect(page).toContain(`>${route}<`);
    expect(page).toContain("any id: of an event, a receipt, a refused request, a subject or a call");
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
    expect(page).not.toMatch(/<(script|link|img|iframe)|https?:\/\/|@import|url\(/);
    expect(page).not.toContain("undefined");
  });

  it("has a list of contents that leads to each operation, and each once", async () => {
    const page = await (await fetchOpenly("api/docs")).text();
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(links)).toEqual(new Set(ids));
    expect(ids.length).toBeGreaterThan(Object.keys(routes).length);
  });
});

describe("whoever asks otherwise", () => {
  it.each(["api/events", "api/nothing", "api", "api/docs/more"])("is told how to authenticate: %s", async (path) => {
    const response = await fetchOpenly(path);
    const body = z.object({ detail: z.string() }).parse(await response.json());
    expect([response.status, body.detail]).toEqual([401, expect.stringContaining("Authorization: Bearer")]);
  });

  it.each(["GET", "POST"])("is told where the operations are when there is none: %s", async (method) => {
    const { status, body } = await call(method, "nothing/here", method === "GET" ? undefined : {});
    expect([status, body.code, body.detail]).toEqual([404, "not_found", expect.stringContaining("/api/docs")]);
  });

  it("is told where things are", async () => {
    const body = z.object({ detail: z.string() }).parse(await (await fetchOpenly("nothing")).json());
    expect(body.detail).toContain("/in/<source>");
  });
});
