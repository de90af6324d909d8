import * as z from "zod";
import { fields, figure, id, instant, part, phone, text, url } from "./scalar.ts";

export const agent = part({
  id,
  username: text,
  name: text,
  email: text,
  extension: text,
  groupId: id,
  teamIds: z.array(id),
  fields,
});

export const customer = part({
  id: id.describe("Of the record, lead or contact in the vendor's system."),
  accountId: id,
  externalId: id.describe("Of the customer in the CRM."),
  name: text,
  phone,
  email: text,
  handle: text,
  url,
  attempts: figure({ minimum: 0 }),
  firstAttemptAt: instant,
  nextCallAt: instant,
  fields,
});

/** The account of a person at the vendor, as it is or was. Wages never appear here. */
const account = part({
  name: text,
  email: text,
  extension: text,
  active: z.boolean(),
  isAgent: z.boolean(),
  groupId: id,
  outboundPhone: phone,
  contactPhone: phone,
  mobilePhone: phone,
  mobileProjectId: id,
  sharedCallbacks: z.boolean(),
  registerTransport: text,
  sampleRate: text,
  messageLists: z.array(text),
});

export const user = part({
  id,
  username: text,
  current: account,
  previous: account,
  changed: z.array(text).describe("Sorted names of what differs; a changed wage shows as wages."),
  passwordChanged: z.boolean(),
});

export type Agent = z.infer<typeof agent>;
export type Customer = z.infer<typeof customer>;
export type Account = z.infer<typeof account>;
export type User = z.infer<typeof user>;
