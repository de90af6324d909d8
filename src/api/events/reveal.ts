import * as z from "zod";
import { writeAudited } from "../../log/audit/write.ts";
import { openText } from "../../platform/shown.ts";
import { maskOfAnswer } from "../masks/answer-mask.ts";
import { layOpen } from "../masks/lay-open.ts";
import { operation, Refusal, Reply } from "../operation.ts";
import { eventPath } from "../parameters.ts";
import { deedOf } from "../people/deed.ts";
import { notKept, readWhole, wholeEvent } from "./read.ts";

const MAX_PATHS = 50;
const MAX_PATH_CHARACTERS = 200;
const MAX_REASON_CHARACTERS = 500;

/** `POST /api/events/:id/reveal` */
export const revealEvent = operation({
  who: "operator",
  summary:
    "One event with what is hidden of persons in clear, all of it or some paths; the audit tells who saw it, and why",
  takes: {
    params: eventPath,
    body: z
      .strictObject({
        paths: z
          .array(z.string().min(1).max(MAX_PATH_CHARACTERS))
          .min(1)
          .max(MAX_PATHS)
          .optional()
          .describe(
            "only these: subject, data.customer.name, raw.client, deliveries.attempts.answer; all, unless given",
          ),
        reason: z.string().trim().min(1).max(MAX_REASON_CHARACTERS).describe("why, in your words; the audit keeps it"),
      })
      .meta({ example: { paths: ["data.customer.phone"], reason: "the customer asks to be called back" } }),
  },
  gives: wholeEvent.extend({
    revealed: z.array(openText).optional().describe("the paths that were asked for, as far as the event has them"),
  }),
  refusals: ["not_found"],
  clear: true,
  run: async ({ params: { id }, body: { paths, reason }, caller, ...work }) => {
    const clear = await readWhole(id, work);
    if (clear === undefined) return notKept;
    const wanted = [...new Set(paths)];
    const masked = maskOfAnswer(wholeEvent, "operator")(clear, { hidden: false });
    const laid = paths && layOpen(masked, clear, wanted.map(inAnswer));
    const revealed = wanted.filter((path) => laid?.found.has(inAnswer(path)));
    if (laid !== undefined && revealed.length === 0) return nothingThere;
    const deed = deedOf(caller, "event.revealed", [`events/${clear.event.id}`, ...revealed].join(" "), { reason });
    // Where this fails, nothing is shown.
    await writeAudited(work.env.LOG, [], deed, work.now);
    return laid === undefined ? clear : new Reply(Object.assign({}, laid.value, { revealed }), {});
  },
});

const nothingThere = new Refusal(
  "invalid_request",
  "body.paths: the event has nothing there; such a path is data.customer.phone, raw, or deliveries.attempts.answer.",
);

/** Where a path of an event stands in the answer, which has what was received apart. */
function inAnswer(path: string): string {
  const own = path.replace(/^event\./, "").replace(/^data\.raw(?=\.|$)/, "raw");
  return /^(?:raw|deliveries)(?:\.|$)/.test(own) ? own : `event.${own}`;
}
