import type { Handler } from "hono";
import * as z from "zod";
import { relay } from "../config/schema/relay.ts";
import { anyEventJsonSchema, dataJsonSchema, eventJsonSchema } from "../events/schemas.ts";
import { eventTypes } from "../events/types.ts";
import { permissions } from "../login/rules.ts";
import { newRequestId } from "../platform/request-id.ts";
import { problem } from "../problem.ts";

/** Every published schema, by its path below `/schemas/`. Made when asked for. */
const published = new Map<string, () => object>([
  ["config.json", () => z.toJSONSchema(relay, { io: "input" })],
  ["permissions.json", () => z.toJSONSchema(permissions, { io: "input" })],
  ["events.json", anyEventJsonSchema],
  ...eventTypes.flatMap((type): [string, () => object][] => [
    [`events/${type}.json`, () => eventJsonSchema(type)],
    [`data/${type}/1.json`, () => dataJsonSchema(type)],
  ]),
]);

/** `GET /schemas/…`: JSON Schemas of the events and of the two documents. */
export const schemas: Handler = (c) => {
  const schema = published.get(c.req.path.slice("/schemas/".length));
  if (schema === undefined)
    return problem("not_found", newRequestId(), "No schema has this name; see /schemas/events.json.");
  return c.json(schema(), 200, { "content-type": "application/schema+json", "cache-control": "public, max-age=3600" });
};
