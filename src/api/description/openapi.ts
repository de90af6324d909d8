import type { Handler } from "hono";
import * as z from "zod";
import { publicUrlOf } from "../../config/public-url.ts";
import { lookupIn } from "../../platform/lookup.ts";
import type { ProblemCode } from "../../problem.ts";
import { version } from "../../version.ts";
import { OPEN_METRICS } from "../metrics/open-metrics.ts";
import type { Operation } from "../operation.ts";
import type { Role } from "../people/role.ts";
import type { Routes } from "../serve.ts";
import { describeInput, explainMember, toJsonSchema } from "./describe-schema.ts";
import { exampleOf } from "./example.ts";
import { placeOf } from "./place.ts";
import { describeWebhooks } from "./webhooks.ts";

const PROBLEM = "application/problem+json";
const JSON_TYPE = "application/json";

/** Refusals that every operation shares. */
const common = ["unauthorized", "forbidden", "too_many_failures", "invalid_request", "log_unreadable"] as const;

/** The API as an OpenAPI 3.1 document: made from the same schemas that check the requests. */
function describeApi(routes: Routes, server: string): object {
  const paths = new Map<string, Record<string, object>>();
  const resources = new Set<string>();
  for (const [route, operation] of Object.entries(routes)) {
    const { method, path, resource } = placeOf(route);
    const template = path.replace(/:(\w+)/g, "{$1}");
    paths.set(template, { ...paths.get(template), [method.toLowerCase()]: describeOperation(route, operation) });
    resources.add(resource);
  }
  paths.set("/metrics", { get: describeMetrics() });
  resources.add("metrics");
  const { tag, webhooks, schemas, parameters } = describeWebhooks();
  return {
    openapi: "3.1.0",
    info: {
      title: "hookswitch",
      version,
      description: "What became of every webhook, and what to do about it.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: server }],
    tags: [...[...resources].map((name) => ({ name })), tag],
    security: [{ token: [] }],
    paths: Object.fromEntries(paths),
    webhooks,
    components: {
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          description: "The Worker's secret ADMIN_TOKEN, or a token of the relay's.",
        },
      },
      schemas: { Problem: toJsonSchema(problemDetails), ...schemas },
      parameters,
    },
  };
}

const problemDetails = z
  .looseObject({
    type: z.string().describe("urn:hookswitch:problem: and the code"),
    title: z.string(),
    status: z.int(),
    code: z.string().describe("one of those that the operation lists"),
    detail: z.string().optional().describe("one sentence that helps"),
    instance: z.string().describe("the request's id"),
  })
  .describe("RFC 9457 problem details");

function describeOperation(route: string, { summary, takes, gives, refusals, who }: Operation): object {
  const { params, query, body } = takes;
  const { resource } = placeOf(route);
  const codes = [...new Set<ProblemCode>([...common, ...refusals])];
  return {
    operationId: nameOf(route),
    tags: [resource],
    summary,
    ...describeRole(who),
    parameters: [...parametersOf("path", params, resource), ...parametersOf("query", query, resource)],
    ...(body === undefined ? {} : { requestBody: describeBody(body, resource) }),
    responses: {
      200: { description: summary, content: { [JSON_TYPE]: { schema: toJsonSchema(gives) } } },
      default: describeRefusals(codes),
    },
  };
}

/** What no table of routes has: its answer is no JSON. */
function describeMetrics(): object {
  const summary = "Counters as OpenMetrics text, for a Prometheus; none of them falls when old rows go";
  return {
    operationId: nameOf("GET /metrics"),
    tags: ["metrics"],
    summary,
    ...describeRole("viewer"),
    parameters: [],
    responses: {
      200: { description: summary, content: { [OPEN_METRICS]: { schema: { type: "string" } } } },
      default: describeRefusals(["unauthorized", "forbidden", "too_many_failures", "not_ready"]),
    },
  };
}

function describeRole(who: Role): object {
  return { description: `Needs the role ${who} at least.`, "x-role": who };
}

function describeRefusals(codes: readonly ProblemCode[]): object {
  return {
    description: `Refused: ${codes.join(", ")}`,
    content: { [PROBLEM]: { schema: { $ref: "#/components/schemas/Problem" } } },
  };
}

function describeBody(body: z.ZodType, resource: string): object {
  const schema = describeInput(body, resource);
  const example = exampleOf(schema);
  return {
    required: !z.safeParse(body, {}).success,
    content: { [JSON_TYPE]: { schema, ...(example === undefined ? {} : { example }) } },
  };
}

function parametersOf(place: "path" | "query", schema: z.ZodObject | undefined, resource: string): object[] {
  return Object.entries(schema?.shape ?? {}).map(([name, part]) => {
    const { description, examples, ...rest } = explainMember(name, toJsonSchema(part), resource);
    const required = place === "path" || !z.safeParse(part, undefined).success;
    const [example] = Array.isArray(examples) ? examples : [];
    return {
      name,
      in: place,
      required,
      ...(description === undefined ? {} : { description }),
      schema: rest,
      ...(example === undefined ? {} : { example }),
    };
  });
}

/** `GET /api/events/:id` is `getEventsById`. */
export function nameOf(route: string): string {
  const { method, path } = placeOf(route);
  const words = path.replace("/api/", "").replaceAll(":", "by-").split(/[/-]/);
  return method.toLowerCase() + words.map(title).join("");
}

function title(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** `GET /api/openapi.json`, which is for everybody: it tells what can be asked, and nothing that is configured. */
export function openApi(routes: Routes): Handler<{ Bindings: Env }> {
  return (c) =>
    c.json(describeApi(routes, publicUrlOf(lookupIn(c.env), { origin: new URL(c.req.url).origin })), 200, {
      "cache-control": "no-store",
    });
}
