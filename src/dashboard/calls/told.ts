import type * as z from "zod";
import type { readCall } from "../../api/calls/read.ts";

/** What is told of a call. */
export type ToldCall = z.output<typeof readCall.gives>;
export type CallEvent = ToldCall["items"][number];
