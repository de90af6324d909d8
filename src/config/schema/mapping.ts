import * as z from "zod";

const path = z.string().min(1);

/** How the events of a generic source are read from its bodies: by paths of member names, `payload.call.id`. */
export const mapping = z
  .strictObject({
    event: path.optional().describe("where its kind stands"),
    id: path.optional().describe("where the id of this one message stands"),
    time: path.optional().describe("where the time stands at which it happened"),
    timeFormat: z
      .enum(["iso", "seconds", "milliseconds"])
      .optional()
      .describe("how the time is written; seconds and milliseconds since 1970"),
    callId: path.optional().describe("where the id of its call stands"),
    subject: z.string().min(1).optional().describe("what it is about, with paths in braces"),
  })
  .meta({ title: "Mapping" });
