import { meanings } from "../../events/meanings.ts";
import { titleOf } from "../../events/schemas.ts";
import { eventTypes } from "../../events/types.ts";
import { version } from "../../version.ts";
import { componentOf, deliveryHeaders, eventComponents, surelyThere } from "./components.ts";
import { examples } from "./examples.ts";

const headers = {
  type: "object",
  properties: Object.fromEntries(
    Object.entries(deliveryHeaders).map(([name, description]) => [name, { type: "string", description }]),
  ),
  required: surelyThere,
};

/** What a relay sends, as an AsyncAPI 3.0 document. */
export function describeEvents(): object {
  const messages = eventTypes.map((type) => [titleOf(type), `#/components/messages/${titleOf(type)}`] as const);
  return {
    asyncapi: "3.0.0",
    info: {
      title: "hookswitch: events",
      version,
      description: "What a relay sends to each destination, one POST for each event, signed by Standard Webhooks.",
      license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
    },
    defaultContentType: "application/cloudevents+json",
    channels: {
      destination: {
        address: null,
        title: "A destination",
        description: "A URL of yours. Order is not promised, and an event may come more than once.",
        messages: Object.fromEntries(messages.map(([title, $ref]) => [title, { $ref }])),
      },
    },
    operations: {
      deliver: {
        action: "send",
        channel: { $ref: "#/channels/destination" },
        summary: "Delivers an event until it is answered with 2xx.",
        bindings: { http: { method: "POST", bindingVersion: "0.3.0" } },
      },
    },
    components: {
      messages: Object.fromEntries(
        eventTypes.map((type) => [
          titleOf(type),
          {
            name: type,
            title: titleOf(type),
            summary: meanings[type],
            headers: { $ref: "#/components/schemas/DeliveryHeaders" },
            payload: componentOf(type),
            examples: [{ payload: examples[type] }],
          },
        ]),
      ),
      schemas: { DeliveryHeaders: headers, ...eventComponents() },
    },
  };
}
