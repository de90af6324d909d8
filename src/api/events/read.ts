import * as z from "zod";
import { deliveryState } from "../../log/deliveries/state.ts";
import { findReceipt } from "../../log/events/fate.ts";
import { type DeliveryRecord, readEventRecord } from "../../log/events/record.ts";
import { toInstant } from "../../platform/time.ts";
import type { Passage } from "../../status/waits.ts";
import { operation, Refusal } from "../operation.ts";
import { eventPath } from "../parameters.ts";
import { deliveredEvent, readDelivered } from "./delivered.ts";
import { readStandings } from "./standings.ts";
import { describeWait, waits } from "./waits.ts";

const delivery = z.object({
  destination: z.string(),
  /** 0, or the number of the replay. */
  run: z.int(),
  state: deliveryState,
  /** Attempts made. */
  attempt: z.int(),
  /** When the next one is due; none is while the delivery is held, or when it is settled. */
  next: z.string().nullable(),
  reason: z.string().nullable(),
  waits: waits.optional().describe("of one that waits: for what, and until when"),
  replay: z.string().optional().describe("the replay that began it, `rpl_…`"),
  /** Who asked for the replay. */
  who: z.string().optional(),
  attempts: z.array(z.looseObject({ n: z.int(), at: z.string() })),
});

const wholeEvent = z.object({
  event: z.looseObject({ id: z.string(), type: z.string() }),
  raw: z.unknown(),
  receipt: z.string(),
  key: z.string(),
  warnings: z.array(z.string()),
  deliveries: z.array(delivery),
  duplicates: z.array(z.string()).describe("receipts of the webhooks that repeated it"),
  corrections: z.array(z.string()).describe("ids of the events that correct it"),
});

/** `GET /api/events/:id` */
export const readEvent = operation({
  who: "viewer",
  summary: "One event: as delivered, as received, and what became of it; a receiver sees it as it is delivered",
  takes: { params: eventPath },
  gives: z.union([wholeEvent, deliveredEvent]),
  refusals: ["not_found", "not_ready"],
  receiver: ({ params: { id }, ...work }, own) => readDelivered(id, own, work),
  run: async ({ params: { id }, ...work }) => {
    const { env, now } = work;
    const receipt = await findReceipt(env.LOG, id);
    const record = receipt === undefined ? undefined : await readEventRecord(env.LOG, receipt);
    if (record === undefined)
      return new Refusal("not_found", "No event has this id or receipt, or it is no longer kept.");
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
  },
});

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
