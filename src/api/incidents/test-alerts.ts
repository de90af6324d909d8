import * as z from "zod";
import type { Destination } from "../../config/load-relay.ts";
import type { Sample } from "../../delivery/attempt/send-sample.ts";
import { RELAY_SOURCE } from "../../events/own-source.ts";
import { subjects } from "../../events/subject.ts";
import { matchesType, type RelayType, relayTypes } from "../../events/types.ts";
import { openText } from "../../platform/shown.ts";
import { toInstant } from "../../platform/time/instant.ts";
import { testDestination, tested } from "../destinations/test.ts";
import { operation, Refusal } from "../operation.ts";
import { relayInForce } from "../relay-in-force.ts";

/** The Free plan allows a request 50 others. */
const MAX_TESTED = 40;
const ID = "inc_test";

/** `POST /api/alerts/test` */
export const testAlerts = operation({
  who: "operator",
  summary: "Sends a sample of what the relay tells of itself to each destination that takes any of it",
  takes: {},
  gives: z.object({
    destinations: z
      .array(tested.extend({ id: openText, type: z.enum(relayTypes).describe("the type of the sample") }))
      .describe("empty where no destination names events of the relay, such as `relay.*`"),
    more: z.boolean().describe(`there are more than ${MAX_TESTED}, to which nothing was sent`),
  }),
  refusals: ["not_ready"],
  run: async (request) => {
    const relay = await relayInForce(request);
    if (relay instanceof Refusal) return relay;
    const told = relay.destinations.flatMap((destination) => {
      const type = firstTaken(destination);
      return type === undefined ? [] : { destination, type };
    });
    const destinations = await Promise.all(
      told.slice(0, MAX_TESTED).map(async ({ destination, type }) => ({
        id: destination.id,
        type,
        ...(await testDestination(destination, relay, request, sampleOf(type, request.now))),
      })),
    );
    return { destinations, more: told.length > MAX_TESTED };
  },
});

function firstTaken({ events }: Destination): RelayType | undefined {
  return relayTypes.find((type) => events.some((pattern) => matchesType(pattern, type)));
}

function sampleOf(type: RelayType, now: number): Sample {
  const incident = {
    id: ID,
    state: "opened",
    about: { kind: "relay", id: "relay" },
    since: toInstant(now),
    counts: {},
    sentence: "This is a test: nothing is wrong",
    next: "nothing; whoever reads this is told of incidents",
    test: true,
  } as const;
  return {
    source: RELAY_SOURCE,
    draft: { type, vendorEvent: "test", subject: subjects.incident(ID), data: { incident }, warnings: [] },
  };
}
