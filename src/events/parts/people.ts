import * as z from "zod";
import {
  agentId,
  fields,
  figure,
  instant,
  openId,
  part,
  personId,
  personText,
  phone,
  url,
  userName,
  word,
} from "./scalar.ts";

export const agent = part({
  id: agentId.describe("The vendor's id of the agent."),
  username: userName.describe("The name that the agent signs in with."),
  name: personText.describe("The agent's name."),
  email: personText.describe("The agent's e-mail address."),
  extension: personText.describe("The agent's extension."),
  groupId: openId.describe("The group that the agent belongs to."),
  teamIds: z.array(openId).describe("The teams that the agent belongs to."),
  fields,
}).meta({ title: "Agent", description: "The agent." });

export const customer = part({
  id: personId.describe("Of the record, lead or contact in the vendor's system."),
  accountId: personId.describe("The number of the customer's account."),
  externalId: personId.describe("Of the customer in the CRM."),
  name: personText.describe("The customer's name."),
  phone,
  email: personText.describe("The customer's e-mail address."),
  handle: personText.describe("The name or id that the customer has on the channel."),
  url: url.describe("Where the customer's page is."),
  attempts: figure({ minimum: 0 }).describe("How often it has been tried to reach the customer."),
  firstAttemptAt: instant.describe("When it was first tried."),
  nextCallAt: instant.describe("When the next call is due."),
  fields,
}).meta({ title: "Customer", description: "The customer: a record, lead or contact." });

const account = part({
  name: personText.describe("The person's name."),
  email: personText.describe("The person's e-mail address."),
  extension: personText.describe("The person's extension."),
  active: z.boolean().describe("Whether the account may be used."),
  isAgent: z.boolean().describe("Whether the person takes calls."),
  groupId: openId.describe("The group that the person belongs to."),
  outboundPhone: phone.describe("The number that is shown to those who are called."),
  contactPhone: phone.describe("The person's own number."),
  mobilePhone: phone.describe("The person's mobile number."),
  mobileProjectId: openId.describe("The project that the mobile number is used for."),
  sharedCallbacks: z.boolean().describe("Whether callbacks are shared out again (VCC Live: redistribution)."),
  registerTransport: word.describe("How the person's phone registers, such as sip-tcp."),
  sampleRate: word.describe("The sample rate of the sound, as it is set."),
  messageLists: z.array(word).describe("The lists of messages that are set for the person."),
}).meta({
  title: "Account",
  description: "The account of a person at the vendor, as it is or was. Wages never appear here.",
});

export const user = part({
  id: agentId.describe("The vendor's id of the person."),
  username: userName.describe("The name that the person signs in with."),
  current: account,
  previous: account,
  changed: z.array(word).describe("Sorted names of what differs; a changed wage shows as wages."),
  passwordChanged: z.boolean().describe("Whether the password changed; it never comes itself."),
}).meta({ title: "User", description: "An account at the vendor that was made or changed." });

export type Agent = z.infer<typeof agent>;
export type Customer = z.infer<typeof customer>;
export type Account = z.infer<typeof account>;
export type User = z.infer<typeof user>;
