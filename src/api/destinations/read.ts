import * as z from "zod";
import { readFailures } from "../../log/deliveries/backlog.ts";
import { openText } from "../../platform/shown.ts";
import { toInstant } from "../../platform/time/instant.ts";
import type { Work } from "../../platform/work.ts";
import { operation, Refusal } from "../operation.ts";
import { relayInForce } from "../relay-in-force.ts";
import { describeDestination, describeDestinations, destinationView } from "./describe.ts";
import { destinationPath, findDestination, refuseForeign } from "./find.ts";

/** `GET /api/destinations` */
export const listDestinations = operation({
  who: "viewer",
  summary: "All destinations, and how they stand",
  takes: {},
  gives: z.object({ items: z.array(destinationView) }),
  refusals: ["not_ready"],
  run: async (request) => {
    const relay = await relayInForce(request);
    return relay instanceof Refusal ? relay : { items: await describeDestinations(request.env, relay.destinations) };
  },
});

const failure = z.object({
  receipt: openText,
  type: openText,
  run: z.int(),
  state: z.enum(["waiting", "dead", "expired"]),
  attempt: z.int(),
  next: openText.nullable(),
  reason: openText.nullable(),
});

/** `GET /api/destinations/:id` */
export const readDestination = operation({
  who: "viewer",
  summary: "One destination: health, breaker, what waits, and what last went wrong",
  takes: { params: destinationPath },
  gives: destinationView.extend({ failures: z.array(failure) }),
  refusals: ["not_found", "not_ready"],
  run: ({ params: { id }, ...request }) => readOne(id, request),
  receiver: async ({ params: { id }, ...request }, own) => refuseForeign(id, own) ?? readOne(id, request),
});

async function readOne(id: string, request: Work) {
  const found = await findDestination(id, request);
  if (found instanceof Refusal) return found;
  const view = await describeDestination(request.env, found.destination);
  const failures = await readFailures(request.env.LOG, id);
  return {
    ...view,
    failures: failures.map(({ next, ...rest }) => ({ ...rest, next: next === null ? null : toInstant(next) })),
  };
}
