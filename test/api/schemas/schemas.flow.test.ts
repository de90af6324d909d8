import { exports } from "cloudflare:workers";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { eventTypes } from "../../../src/events/types.ts";

const RELAY = "http://localhost:8787";
const ask = (path: string, init?: RequestInit) => exports.default.fetch(new Request(`http://localhost${path}`, init));

const listed = z.array(
  z.object({ url: z.url(), title: z.string(), description: z.string(), type: z.string().optional() }),
);
const index = z.object({ schemas: listed, examples: listed, asyncapi: z.url(), openapi: z.url() });
const readIndex = async () => index.parse(await (await ask("/schemas")).json());
const pathOf = (url: string) => new URL(url).pathname;

describe("GET /schemas", () => {
  it("lists all that is published, each of which is there and names itself", async () => {
    const { schemas, examples, asyncapi, openapi } = await readIndex();
    expect(new Set(examples.map(({ type }) => type))).toEqual(new Set(eventTypes));
    for (const { url, title } of schemas) {
      const answer = await ask(pathOf(url));
      expect([url, answer.status, answer.headers.get("content-type")]).toEqual([url, 200, "application/schema+json"]);
      expect(await answer.json()).toMatchObject({ $id: url, title });
    }
    for (const url of [asyncapi, openapi]) expect((await ask(pathOf(url))).status).toBe(200);
  });

  it("has every type as an event, its data and an example, all at the relay's own URL", async () => {
    const { schemas, examples } = await readIndex();
    const urls = new Set([...schemas, ...examples].map(({ url }) => url));
    for (const type of eventTypes) {
      for (const path of [`events/${type}`, `data/${type}/1`, `examples/${type}`]) {
        expect(urls).toContain(`${RELAY}/schemas/${path}.json`);
      }
    }
  });

  it("has examples that fit their schemas, and name the schema of their data that is served", async () => {
    const ajv = addFormats.default(new Ajv2020({ discriminator: true, validateFormats: true }));
    const all: object = await (await ask("/schemas/events.json")).json();
    const isEvent = ajv.compile(all);
    for (const { url } of (await readIndex()).examples) {
      const example = z.looseObject({ dataschema: z.string() }).parse(await (await ask(pathOf(url))).json());
      expect([url, isEvent(example), isEvent.errors]).toEqual([url, true, null]);
      expect((await ask(pathOf(example.dataschema))).status).toBe(200);
    }
  });

  it("is a page where one is asked for, with an example of each event, and loads nothing", async () => {
    const answer = await ask("/schemas", { headers: { accept: "text/html,application/xhtml+xml,*/*;q=0.8" } });
    expect(answer.headers.get("content-type")).toMatch(/^text\/html/);
    expect(answer.headers.get("vary")).toMatch(/accept/i);
    expect(answer.headers.get("content-security-policy")).toMatch(/default-src 'none'/);
    const page = await answer.text();
    for (const type of eventTypes) {
      expect(page).toContain(`<h3 id="${type}">`);
      expect(page).toContain(`href="/schemas/data/${type}/1.json"`);
    }
    expect(page).not.toMatch(/<script|src=|<link/);
  });

  it.each(["/schemas", "/schemas/"])("%s is for programs unless a page is asked for", async (path) => {
    for (const accept of ["*/*", "application/json", "application/json, text/html;q=0.5"]) {
      const answer = await ask(path, { headers: { accept } });
      expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
    }
    expect((await ask(path)).headers.get("content-type")).toMatch(/^application\/json/);
  });
});

describe("what is published", () => {
  const paths = ["/schemas", "/schemas/events.json", "/schemas/data/call.completed/1.json", "/schemas/asyncapi.json"];

  it.each(paths)("may be read from any other origin, and cached: %s", async (path) => {
    const answer = await ask(path, { headers: { origin: "https://editor.example.com" } });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin",
      "cache-control": "public, max-age=3600",
      "x-content-type-options": "nosniff",
    });
    const etag = answer.headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[0-9a-f]+"$/);
    const again = await ask(path, { headers: { "if-none-match": etag, origin: "https://editor.example.com" } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    expect(Object.fromEntries(again.headers)).toMatchObject({
      etag,
      "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin",
      "cache-control": "public, max-age=3600",
    });
  });

  it.each(paths)("answers HEAD and what a browser asks before: %s", async (path) => {
    const head = await ask(path, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    const asked = { origin: "https://editor.example.com", "access-control-request-method": "GET" };
    const before = await ask(path, { method: "OPTIONS", headers: asked });
    expect(before.status).toBe(204);
    expect(before.headers.get("access-control-allow-origin")).toBe("*");
    expect(before.headers.get("access-control-allow-methods")).toBe("GET,HEAD,OPTIONS");
  });

  it.each(["POST", "PUT", "DELETE"])("is not changed by %s", async (method) => {
    const answer = await ask("/schemas/events.json", { method });
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
  });

  it.each([
    ["/schemas/event.json", "/schemas/events.json"],
    ["/schemas/events/call.complete.json", "/schemas/events/call.completed.json"],
    ["/schemas/data/call.completed/2.json", "/schemas/data/call.completed/1.json"],
  ])("where %s is asked for, names %s, to any origin", async (path, meant) => {
    const answer = await ask(path, { headers: { origin: "https://editor.example.com" } });
    expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([404, "*"]);
    expect(await answer.json()).toMatchObject({ detail: expect.stringContaining(`Is ${meant} meant?`) });
  });

  it("says where the list is when a name is none", async () => {
    const answer = await ask("/schemas/zzzzzzzzzz");
    expect(await answer.json()).toMatchObject({ code: "not_found", detail: expect.stringContaining("/schemas lists") });
  });
});
