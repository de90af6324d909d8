import * as z from "zod";

/** Days of the week in their order; Monday first, as ISO 8601 counts them. */
export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

const timeOfDay = z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, "not a time of day as HH:MM");

/** Hours of the day by the clock on the wall. */
export const hours = z
  .strictObject({
    tz: z.string().optional().describe("An IANA time zone, such as Europe/Budapest; the source's unless given"),
    days: z
      .array(z.enum(weekdays))
      .default([...weekdays])
      .describe("Days of the week; all of them unless given"),
    start: timeOfDay.default("00:00").describe("HH:MM"),
    end: timeOfDay
      .default("24:00")
      .describe("HH:MM, up to 24:00; not later than start: the next day, and the hours belong to the day they began"),
  })
  .meta({ title: "Hours", description: "Hours of the day by the clock on the wall." });

export type HoursDocument = z.infer<typeof hours>;
