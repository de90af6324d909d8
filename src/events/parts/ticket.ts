import * as z from "zod";
import { agentId, instant, openId, part, personText, word } from "./scalar.ts";

/** An update names only what changed; a field that was sent empty is `null`. */
const createdBy = part({
  id: agentId.describe("The vendor's id of the person."),
  name: personText.describe("The person's name."),
}).meta({ title: "CreatedBy", description: "Who made the ticket." });

export const ticket = part({
  id: openId.describe("The vendor's id of the ticket; unique within its project only."),
  number: word.describe("The number that people know it by."),
  title: personText.nullable().describe("What it is called."),
  type: word.nullable().describe("Its type, in the tenant's words."),
  description: personText.nullable().describe("What it is about."),
  status: word.nullable().describe("Its status, in the tenant's words."),
  substatus: word.nullable().describe("Its status in detail."),
  openedAt: instant.nullable().describe("When it was opened."),
  reopenedAt: instant.nullable().describe("When it was opened again."),
  dueAt: instant.nullable().describe("When it is due."),
  createdBy,
  changed: z.array(word).describe("Names of the fields that were sent."),
}).meta({
  title: "Ticket",
  description: "A ticket. An update names only what changed; a field that was sent empty is null.",
});

export type Ticket = z.infer<typeof ticket>;
