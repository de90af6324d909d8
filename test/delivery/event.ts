import type { Destination } from "../../src/config/load-relay.ts";
import { destination } from "../../src/config/schema/destination.ts";
import type { HookEvent } from "../../src/events/envelope.ts";

/** An event for tests of what delivery does to any event. */
export function anEvent(data: Record<string, unknown> = {}, rest: Partial<HookEvent> = {}): HookEvent {
  return {
    specversion: "1.0",
    id: "evt_0123456789abcdefghjkmnpqrstvwxyz",
    source: "/sources/acme",
    type: "call.completed",
    subject: "call/11142",
    time: "2026-11-20T09:00:00Z",
    timesource: "vendor",
    datacontenttype: "application/json",
    dataschema: "https://relay.example.com/schemas/data/call.completed/1.json",
    vendor: "voiso",
    vendorevent: "inbound.call.ended",
    receivedtime: "2026-11-20T09:00:01Z",
    sequence: "01J00000000000000000000000",
    data,
    ...rest,
  };
}

/** A destination as the configuration would make it. */
export function aDestination(document: object = {}): Destination {
  return { id: "crm", ...destination.parse({ url: "https://crm.example.com/hooks", secrets: [], ...document }) };
}
