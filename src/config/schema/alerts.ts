import * as z from "zod";

const share = z.number().min(0).max(1).default(0.5);
const after = (minutes: number) => z.strictObject({ after: z.number().min(0).default(minutes) }).prefault({});
const count = (least: number) => z.int().min(1).default(least);

/**
 * From when on the relay tells of what is wrong. `after`: minutes for which it has to be so; `count`: how many there have
 * to be within 10 minutes; `share`: of how many of them, 0 to 1.
 */
export const alerts = z.strictObject({
  destinationFailing: after(0),
  deadLetter: z.strictObject({ count: count(1) }).prefault({}),
  sourceSilent: after(0),
  sourceRefused: z.strictObject({ count: count(5), share }).prefault({}),
  documentFaulty: after(0),
  loginsRefused: z.strictObject({ count: count(10), share }).prefault({}),
  logBehind: after(2),
  limitNear: after(0),
});

export type Alerts = z.infer<typeof alerts>;
