import { meanings } from "../../events/meanings.ts";
import { titleOf } from "../../events/schemas.ts";
import { type EventType, eventTypes } from "../../events/types.ts";
import { componentOf, deliveryHeaders, eventComponents, surelyThere } from "../schemas/components.ts";
import { examples } from "../schemas/examples.ts";

const CLOUD_EVENT = "application/cloudevents+json";
const TAG = "webhooks";

/** What destinations receive, as the webhooks of an OpenAPI document, and the components that they are made of. */
export function describeWebhooks() {
  return {
    tag: { name: TAG, description: "What destinations receive." },
    webhooks: Object.fromEntries(eventTypes.map((type) => [type, { post: describeWebhook(type) }])),
    schemas: eventComponents(),
    parameters: Object.fromEntries(
      Object.entries(deliveryHeaders).map(([name, description]) => [
        name,
        { name, in: "header", required: surelyThere.includes(name), description, schema: { type: "string" } },
      ]),
    ),
  };
}

function describeWebhook(type: EventType) {
  return {
    operationId: `receive${titleOf(type)}`,
    tags: [TAG],
    summary: meanings[type],
    // It is signed instead.
    security: [],
    parameters: Object.keys(deliveryHeaders).map((name) => ({ $ref: `#/components/parameters/${name}` })),
    requestBody: { required: true, content: { [CLOUD_EVENT]: { schema: componentOf(type), example: examples[type] } } },
    responses: {
      "2XX": { description: "Delivered." },
      410: { description: "No more of this: the destination is paused." },
      default: { description: "Tried again later." },
    },
  };
}
