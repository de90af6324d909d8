import * as z from "zod";

const share = z.number().min(0).max(1).default(0.5).describe("Of how many of them, 0 to 1.");
const after = (minutes: number) =>
  z
    .strictObject({ after: z.number().min(0).default(minutes).describe("Minutes for which it has to be so.") })
    .prefault({});
const count = (least: number) => z.int().min(1).default(least).describe("How many there have to be within 10 minutes.");

/** From when on the relay tells of what is wrong. */
export const alerts = z
  .strictObject({
    destinationFailing: after(0).describe("A destination fails."),
    deadLetter: z
      .strictObject({ count: count(1) })
      .prefault({})
      .describe("Deliveries were given up."),
    sourceSilent: after(0).describe("A source sends nothing."),
    sourceRefused: z
      .strictObject({ count: count(5), share })
      .prefault({})
      .describe("Requests of a source are refused."),
    documentFaulty: after(0).describe("The configuration, or a map, is faulty."),
    loginsRefused: z
      .strictObject({ count: count(10), share })
      .prefault({})
      .describe("Logins are refused."),
    logBehind: after(2).describe("The log cannot be reached, or is behind."),
    limitNear: after(0).describe("A limit of the plan is near."),
  })
  .meta({ title: "Alerts" });

export type Alerts = z.infer<typeof alerts>;
