import * as z from "zod";
import { deliveryState } from "../../log/deliveries/state.ts";
import { findReceipt } from "../../log/events/fate.ts";
import { type DeliveryRecord, readEventRecord } from "../../log/events/record.ts";
import { openText, personal, shownLike, userName } from "../../platform/shown.ts";
import { toInstant } from "../../platform/time/instant.ts";
import type { Work } from "../../platform/work.ts";
import type { Passage } from "../../status/waits.ts";
import { operation, Refusal } from "../operation.ts";
import { eventPath } from "../parameters.ts";
import { attempt } from "./attempt.ts";
import { deliveredEvent, readDelivered } from "./delivered.ts";
import { readStandings } from "./standings.ts";
import { describeWait, waits } from "./waits.ts";
import { whatIsShown } from "./what-is-shown.ts";

const delivery = z.object({
  destination: openText,
  /** 0, or the number of the replay. */
  run: z.int(),
  state: deliveryState,
  /** Attempts made. */
  attempt: z.int(),
  /** When the next one is due; none is while the delivery is held, or when it is settled. */
  next: openText.nullable(),
  reason: openText.nullable(),
  waits: waits.optional().describe("of one that waits: for what, and until when"),
  replay: openText.optional().describe("the replay that began it, `rpl_…`"),
  /** Who asked for the replay. */
  who: userName.optional(),
  attempts: z.array(attempt),
});

/** All that there is of an event, as answers have it. */
export const wholeEvent = z.object({
  event: shownLike(z.looseObject({ id: z.string(), type: z.string() }), whatIsShown),
  raw: personal,
  receipt: openText,
  key: openText,
  warnings: z.array(openText),
  deliveries: z.array(delivery),
  duplicates: z.array(openText).describe("receipts of the webhooks that repeated it"),
  corrections: z.array(openText).describe("ids of the events that correct it"),
});

/** That no such event is there. */
export const notKept = new Refusal("not_found", "No event has this id or receipt, or it is no longer kept.");

/** `GET /api/events/:id` */
export const readEvent = operation({
  who: "viewer",
  summary: "One event: as delivered, as received, and what became of it; a receiver sees it as it is delivered",
  takes: { params: eventPath },
  gives: z.union([wholeEvent, deliveredEvent]),
  refusals: ["not_found", "not_ready"],
  receiver: ({ params: { id }, ...work }, own) => readDelivered(id, own, work),
  run: async ({ params: { id }, ...work }) => (await readWhole(id, work)) ?? notKept,
});

/** All that there is of an event, by its id or a receipt that leads to it. Rejects when the log cannot be read. */
export async function readWhole(id: string, work: Work): Promise<z.input<typeof wholeEvent> | undefined> {
  const { env, now } = work;
  const receipt = await findReceipt(env.LOG, id);
  const record = receipt === undefined ? undefined : await readEventRecord(env.LOG, receipt);
  if (record === undefined) return undefined;
  const { event, key, deliveries, duplicates, corrections } = record;
  const { raw, ...data } = event.data;
  const waiting = deliveries.filter(({ state }) => state === "waiting");
  const standings = await readStandings(
    waiting.map(({ destination }) => destination),
    work,
  );
  return {
    event: { ...event, data },
    raw,
    receipt: record.receipt,
    key,
    warnings: z.array(z.string()).catch([]).parse(data.warnings),
    deliveries: deliveries.map((one) => toDelivery(one, standings.get(one.destination), now)),
    duplicates: [...duplicates],
    corrections: [...corrections],
  };
}

function toDelivery(record: DeliveryRecord, passage: Passage | undefined, now: number) {
  const { next, attempts, replay, who, ...delivery } = record;
  const isWaiting = delivery.state === "waiting" && passage !== undefined;
  return {
    ...delivery,
    ...(replay === null ? {} : { replay }),
    ...(who === null ? {} : { who }),
    next: next === null ? null : toInstant(next),
    ...(isWaiting ? { waits: describeWait(record, passage, now) } : {}),
    attempts: attempts.map((attempt) => ({ ...attempt, at: toInstant(attempt.at) })),
  };
}
