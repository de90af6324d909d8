import type { Handler } from "hono";
import * as z from "zod";
import { publicUrlOf } from "../config/public-url.ts";
import { lookupIn } from "../platform/lookup.ts";
import { version } from "../version.ts";
import type { Operation } from "./operation.ts";
import type { Routes } from "./serve.ts";

const PROBLEM = "application/problem+json";

/** Refusals that every operation shares. */
const common = ["unauthorized", "forbidden", "too_many_failures", "invalid_request"] as const;

/** The API as an OpenAPI 3.1 document: made from the same schemas that check the requests. */
function describeApi(routes: Routes, server: string): object {
  const paths = new Map<string, Record<string, object>>();
  for (const [route, operation] of Object.entries(routes)) {
    const [method = "", path = ""] = route.split(" ");
    const template = path.replace(/:(\w+)/g, "{$1}");
    paths.set(template, { ...paths.get(template), [method.toLowerCase()]: describeOperation(route, operation) });
  }
  return {
    openapi: "3.1.0",
    info: { title: "hookswitch", version, description: "What became of every webhook, and what to do about it." },
    servers: [{ url: server }],
    security: [{ token: [] }],
    paths: Object.fromEntries(paths),
    components: {
      securitySchemes: { token: { type: "http", scheme: "bearer" } },
      schemas: { Problem: schemaOf(problemDetails) },
    },
  };
}

const problemDetails = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  instance: z.string(),
});

function describeOperation(route: string, { summary, takes, gives, refusals }: Operation): object {
  const { params, query, body } = takes;
  const codes = [...common, ...refusals];
  return {
    operationId: nameOf(route),
    summary,
    parameters: [...parametersOf("path", params), ...parametersOf("query", query)],
    ...(body === undefined ? {} : { requestBody: { content: { "application/json": { schema: schemaOf(body) } } } }),
    responses: {
      200: { description: summary, content: { "application/json": { schema: schemaOf(gives) } } },
      default: {
        description: `Refused: ${codes.join(", ")}`,
        content: { [PROBLEM]: { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
  };
}

function parametersOf(place: "path" | "query", schema: z.ZodObject | undefined): object[] {
  return Object.entries(schema?.shape ?? {}).map(([name, part]) => {
    const { description, ...rest } = schemaOf(part);
    const required = place === "path" || !z.safeParse(part, undefined).success;
    return { name, in: place, required, ...(description === undefined ? {} : { description }), schema: rest };
  });
}

/** JSON Schema 2020-12, which is OpenAPI 3.1's own. */
function schemaOf(schema: z.core.$ZodType) {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return rest;
}

/** `GET /api/events/:id` is `getEventsById`. */
function nameOf(route: string): string {
  const [method = "", path = ""] = route.split(" ");
  const words = path.replace("/api/", "").split("/");
  return (
    method.toLowerCase() +
    words.map((word) => (word.startsWith(":") ? `By${title(word.slice(1))}` : title(word))).join("")
  );
}

function title(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** `GET /api/openapi.json` */
export function openApi(routes: Routes): Handler<{ Bindings: Env }> {
  return (c) =>
    c.json(describeApi(routes, publicUrlOf(lookupIn(c.env), { origin: new URL(c.req.url).origin })), 200, {
      "cache-control": "no-store",
    });
}
