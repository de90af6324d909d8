import * as z from "zod";

/** Where a delivery stands: it goes on, or it has ended in one of three ways. */
export const deliveryState = z.enum(["waiting", "delivered", "dead", "expired"]);
export type DeliveryState = z.infer<typeof deliveryState>;

/** Where an event stands, by its deliveries; `unrouted`: nobody wanted it. */
export const eventState = z.enum([...deliveryState.options, "unrouted"]);
export type EventState = z.infer<typeof eventState>;

/** The first attempts of an event, by destination: one delivery each. */
export const firstResults = z.record(
  z.string(),
  z.looseObject({ state: deliveryState, reason: z.string().nullable().default(null) }),
);
/** Deliveries that have rows of their own: those that the first attempt did not settle, and replays. */
export const runRow = z.object({
  destination: z.string(),
  run: z.number(),
  state: deliveryState,
  reason: z.string().nullable().default(null),
});

/** How it stands with one destination of an event. */
export interface Standing {
  readonly destination: string;
  readonly state: DeliveryState;
  /** Why it is not delivered. */
  readonly reason: string | null;
}

/** Where each destination of an event stands: by its latest run, but waiting as long as any run waits. */
export function standingsOf(
  results: z.infer<typeof firstResults>,
  rows: readonly z.infer<typeof runRow>[],
): readonly Standing[] {
  const latest = new Map(
    Object.entries(results).map(([destination, { state, reason }]) => [destination, { destination, state, reason }]),
  );
  const runs = [...rows].sort((one, other) => one.run - other.run).map(({ run: _, ...standing }) => standing);
  for (const standing of runs) latest.set(standing.destination, standing);
  for (const standing of runs) if (standing.state === "waiting") latest.set(standing.destination, standing);
  return [...latest.values()];
}
