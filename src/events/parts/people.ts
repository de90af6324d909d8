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
  id: agentId,
  username: userName,
  name: personText,
  email: personText,
  extension: personText,
  groupId: openId,
  teamIds: z.array(openId),
  fields,
});

export const customer = part({
  id: personId.describe("Of the record, lead or contact in the vendor's system."),
  accountId: personId,
  externalId: personId.describe("Of the customer in the CRM."),
  name: personText,
  phone,
  email: personText,
  handle: personText,
  url,
  attempts: figure({ minimum: 0 }),
  firstAttemptAt: instant,
  nextCallAt: instant,
  fields,
});

/** The account of a person at the vendor, as it is or was. Wages never appear here. */
const account = part({
  name: personText,
  email: personText,
  extension: personText,
  active: z.boolean(),
  isAgent: z.boolean(),
  groupId: openId,
  outboundPhone: phone,
  contactPhone: phone,
  mobilePhone: phone,
  mobileProjectId: openId,
  sharedCallbacks: z.boolean(),
  registerTransport: word,
  sampleRate: word,
  messageLists: z.array(word),
});

export const user = part({
  id: agentId,
  username: userName,
  current: account,
  previous: account,
  changed: z.array(word).describe("Sorted names of what differs; a changed wage shows as wages."),
  passwordChanged: z.boolean(),
});

export type Agent = z.infer<typeof agent>;
export type Customer = z.infer<typeof customer>;
export type Account = z.infer<typeof account>;
export type User = z.infer<typeof user>;
