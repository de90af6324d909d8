import * as z from "zod";
import type { Account } from "../../events/parts/people.ts";
import { cutWord } from "../../events/values/read.ts";
import type { Expected } from "../expected.ts";
import type { SourceSettings } from "../source-settings.ts";
import { anything, figure, flag, text, texts } from "../values/fields.ts";
import { callable } from "./customer.ts";
import { someId } from "./ids.ts";
import { distinct } from "./lists.ts";
import { foldName } from "./names.ts";
import { isOneOf } from "./words.ts";

/**
 * A user object. Wages and the password are known here only so that they are known: neither becomes part of an event.
 * `password` comes only when a new one was entered and the body is encrypted.
 */
export const account = z.object({
  userId: someId,
  username: text,
  name: text,
  email: text,
  extension: text,
  isAgent: flag,
  privGroup: text,
  redistribution: flag,
  monthly: figure,
  hourly: figure,
  state: text,
  registerTransport: text,
  sampleRate: text,
  outboundPhone: text,
  contactPhone: text,
  messageLists: texts,
  mobileProjectId: someId,
  mobilePhone: text,
  password: anything,
});

/** What is expected of a user object. */
export const expectedAccount: Expected = {
  schema: account,
  fold: foldName,
  words: { state: isOneOf("active", "inactive") },
};

type AccountFields = z.output<typeof account>;

/** What an event tells of a user object. */
export function accountOf(source: SourceSettings, user: AccountFields): Account {
  return {
    name: user.name,
    email: user.email,
    extension: user.extension,
    active: activeOf(user.state),
    isAgent: user.isAgent,
    groupId: user.privGroup,
    outboundPhone: callable(source, user.outboundPhone),
    contactPhone: callable(source, user.contactPhone),
    mobilePhone: callable(source, user.mobilePhone),
    mobileProjectId: user.mobileProjectId,
    sharedCallbacks: user.redistribution,
    registerTransport: user.registerTransport,
    sampleRate: user.sampleRate,
    messageLists: distinct(user.messageLists),
  };
}

const activity = new Map([
  ["active", true],
  ["inactive", false],
]);

function activeOf(state: string | undefined): boolean | undefined {
  return activity.get(cutWord(state ?? "").toLowerCase());
}

/** A user object, and what an event tells of it. */
interface Known {
  readonly user: AccountFields;
  readonly told: Account;
}

/** The canonical names of what differs, sorted: the vendor sends both objects whole and no list of changes. */
export function changesOf(old: Known, current: Known): string[] {
  const [before, after] = [compared(old), compared(current)];
  return [...before.keys()].filter((name) => before.get(name) !== after.get(name)).sort();
}

function compared({ user, told }: Known): Map<string, string | undefined> {
  const all = { ...told, username: user.username, wages: [user.monthly, user.hourly] };
  return new Map(Object.entries(all).map(([name, value]) => [name, JSON.stringify(value)]));
}
