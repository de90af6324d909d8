import { pauseFor } from "../../delivery/gate/pause.ts";
import { resumeDestination } from "../../delivery/retries/resume.ts";
import { operation, Refusal } from "../operation.ts";
import { deedOf } from "../people/deed.ts";
import { describeDestination, destinationView } from "./describe.ts";
import { destinationPath, findDestination } from "./find.ts";

const onlyInGate = new Refusal(
  "log_unreadable",
  "It is paused, but by its gate alone: the log cannot be written at the moment, so that no list and no audit tells of it.",
);
const notPaused = new Refusal("not_ready", "It is not paused: neither the log nor its gate answers at the moment.");

/** `POST /api/destinations/:id/pause` */
export const pause = operation({
  who: "operator",
  summary: "Stops all deliveries to a destination; they wait until it is resumed",
  takes: { params: destinationPath },
  gives: destinationView,
  refusals: ["not_found", "not_ready", "log_unreadable"],
  run: async ({ params: { id }, ...request }) => {
    const found = await findDestination(id, request);
    if (found instanceof Refusal) return found;
    const stands = await pauseFor(request.env, id, deedOf(request.caller, "destination.paused", `destinations/${id}`));
    if (stands !== "log") return stands === "gate" ? onlyInGate : notPaused;
    return describeDestination(request.env, found.destination);
  },
});

/** `POST /api/destinations/:id/resume` */
export const resume = operation({
  who: "operator",
  summary: "Ends a pause and closes the breaker; what waited goes on",
  takes: { params: destinationPath },
  gives: destinationView,
  refusals: ["not_found", "not_ready"],
  run: async ({ params: { id }, ...request }) => {
    const found = await findDestination(id, request);
    if (found instanceof Refusal) return found;
    if (found.destination.paused) {
      return new Refusal("invalid_request", "This destination is paused in the configuration, and is resumed there.");
    }
    const { faulty } = found.destination;
    if (faulty !== undefined) {
      return new Refusal("invalid_request", `This destination goes on once its configuration is mended: ${faulty}.`);
    }
    const resumed = await resumeDestination(
      request.env,
      id,
      deedOf(request.caller, "destination.resumed", `destinations/${id}`),
      request.now,
    );
    return resumed.ok
      ? describeDestination(request.env, found.destination)
      : new Refusal("not_ready", "The gate of this destination does not answer; the pause stands.");
  },
});
