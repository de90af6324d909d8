import type * as z from "zod";
import type { listEvents, listedEvent } from "../../api/events/list.ts";
import type { wholeEvent } from "../../api/events/read.ts";

/** What a list of events tells. */
export type ToldEvents = z.output<typeof listEvents.gives>;
/** An event in a list. */
export type ListedEvent = z.output<typeof listedEvent>;
/** One event, as far as its reader may see it. */
export type WholeEvent = z.output<typeof wholeEvent>;
export type Delivery = WholeEvent["deliveries"][number];
