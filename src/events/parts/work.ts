import * as z from "zod";
import { dispositionOutcome, status as statusClass } from "../classes.ts";
import { figure, instant, openId, part, personText, seconds, word } from "./scalar.ts";

const named = part({
  id: openId.describe("The vendor's id of it."),
  name: word.describe("What it is called."),
  label: word.describe("Its other name: as the vendor wrote it, or by the source's labels."),
});
export const client = named.meta({ title: "Client", description: "On whose behalf the center works." });
export const list = named.meta({ title: "List", description: "The list of customers that is called through." });
export const campaign = named.meta({
  title: "Campaign",
  description: "The campaign; VCC Live's project fills it, too.",
});
export const project = named.meta({ title: "Project", description: "The project, of vendors that have projects." });
export const tenant = named.meta({
  title: "Tenant",
  description: "The vendor's customer, where one account has several.",
});

export const queue = part({
  name: word.describe("What the queue is called."),
  position: figure({ exclusiveMinimum: 0 }).describe("The place in the queue; the first is 1."),
  flow: word.describe("The flow or menu that led there."),
}).meta({ title: "Queue", description: "The queue that the call or conversation was in." });

export const interaction = part({
  id: openId.describe("The vendor's id of the interaction."),
  channel: word.describe("The vendor's word for the channel."),
}).meta({ title: "Interaction", description: "What an agent works on, on any channel." });

export const disposition = part({
  id: openId.describe("The vendor's, or the tenant's, id of the disposition."),
  label: word.describe("What it is called."),
  outcome: dispositionOutcome,
  outcomeLabel: word.describe("The vendor's own word for the outcome."),
  comment: personText.describe("What the agent wrote."),
  callback: z.boolean().describe("Whether the customer is to be called back."),
  callbackAt: instant.describe("When the customer is to be called back."),
  final: z.boolean().describe("Whether the record is closed with it."),
  revenue: figure().describe("What was earned, in the tenant's currency."),
  levels: z.array(word).describe("The categories that lead to it, outermost first."),
}).meta({ title: "Disposition", description: "How the agent, or the dialer, categorised it." });

export const status = part({
  current: statusClass,
  currentLabel: word.describe("The vendor's own word for the current status."),
  previous: statusClass,
  previousLabel: word.describe("The vendor's own word for the status before."),
  previousSeconds: seconds.describe("How long the status before lasted; seconds."),
  reason: word.describe("Why, such as the name of a break."),
}).meta({ title: "Status", description: "What an agent's status is now, and was." });

export type Named = z.infer<typeof named>;
export type WorkQueue = z.infer<typeof queue>;
export type Interaction = z.infer<typeof interaction>;
export type Disposition = z.infer<typeof disposition>;
export type AgentStatus = z.infer<typeof status>;
