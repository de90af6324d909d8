import * as z from "zod";
import { agentId, instant, openId, part, personText, word } from "./scalar.ts";

/** An update names only what changed; a field that was sent empty is `null`. */
export const ticket = part({
  id: openId,
  number: word,
  title: personText.nullable(),
  type: word.nullable(),
  description: personText.nullable(),
  status: word.nullable(),
  substatus: word.nullable(),
  openedAt: instant.nullable(),
  reopenedAt: instant.nullable(),
  dueAt: instant.nullable(),
  createdBy: part({ id: agentId, name: personText }),
  changed: z.array(word).describe("Names of the fields that were sent."),
});

export type Ticket = z.infer<typeof ticket>;
