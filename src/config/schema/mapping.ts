import * as z from "zod";

const path = z.string().min(1);

/** How the events of a generic source are read from its bodies: by paths of member names, `payload.call.id`. */
export const mapping = z.strictObject({
  event: path.optional(),
  id: path.optional(),
  time: path.optional(),
  timeFormat: z.enum(["iso", "seconds", "milliseconds"]).optional(),
  callId: path.optional(),
  subject: z.string().min(1).optional(),
});
