import * as z from "zod";
import { id, instant, part, text } from "./scalar.ts";

/** An update names only what changed; a field that was sent empty is `null`. */
export const ticket = part({
  id,
  number: text,
  title: text.nullable(),
  type: text.nullable(),
  description: text.nullable(),
  status: text.nullable(),
  substatus: text.nullable(),
  openedAt: instant.nullable(),
  reopenedAt: instant.nullable(),
  dueAt: instant.nullable(),
  createdBy: part({ id, name: text }),
  changed: z.array(text).describe("Names of the fields that were sent."),
});

export type Ticket = z.infer<typeof ticket>;
