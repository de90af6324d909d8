import type * as z from "zod";
import type { readRejections } from "../../api/rejections/list.ts";
import type { tryRequest } from "../../api/rejections/try.ts";
import type { refusedRequest } from "../../api/rejections/view.ts";

/** What is told of refused requests. */
export type ToldRejections = z.output<typeof readRejections.gives>;
export type Counter = ToldRejections["items"][number];
export type RefusedRequest = z.output<typeof refusedRequest>;
export type Tried = z.output<typeof tryRequest.gives>;
