import type { Destination } from "../../config/load-relay.ts";
import { isMaskClass, type MaskClass } from "../../config/schema/mask-class.ts";
import type { HookEvent } from "../../events/envelope.ts";
import { isObject } from "../../events/json.ts";
import { tellsOf } from "../../events/subject.ts";
import type { Lookup } from "../../platform/lookup.ts";
import { pseudonym } from "./pseudonym.ts";

type Action = Destination["mask"][string];

/** The tenant's own fields may hold anything, so every class covers them. */
const CUSTOM = ["customer.fields", "agent.fields"];
const CORRESPONDENTS = [
  "message.from",
  "message.to",
  "message.cc",
  "message.bcc",
  "message.inReplyTo",
  "conversation.transcript.from",
  "customer.handle",
];

function ofUser(...names: readonly string[]): string[] {
  return names.flatMap((name) => [`user.current.${name}`, `user.previous.${name}`]);
}

/** Where each class of personal data can appear in `data`. */
const classes: Readonly<Record<MaskClass, readonly string[]>> = {
  phone: [
    ...CUSTOM,
    ...CORRESPONDENTS,
    "call.from",
    "call.to",
    "customer.phone",
    ...ofUser("outboundPhone", "contactPhone", "mobilePhone"),
  ],
  email: [...CUSTOM, ...CORRESPONDENTS, "agent.email", "customer.email", ...ofUser("email")],
  name: [
    ...CUSTOM,
    ...CORRESPONDENTS,
    "agent.name",
    "agent.username",
    "customer.name",
    "user.username",
    ...ofUser("name"),
    "ticket.createdBy.name",
    "conversation.agents",
    "login.rules",
  ],
  text: [
    ...CUSTOM,
    "disposition.comment",
    "message.text",
    "message.subject",
    "conversation.transcript.text",
    "ticket.title",
    "ticket.description",
    "analysis.summary",
    "payment.message",
  ],
};

interface Rule {
  readonly path: readonly string[];
  readonly action: Action;
}

/** Strictest first: where several rules cover a value, the strictest of them hides it. */
const STRICTNESS = ["remove", "pseudonym", "last4"] as const satisfies readonly Action[];

/**
 * An event as a destination may see it. `raw` goes when anything outside it is masked: it holds the same again. A
 * pseudonym that nothing keys is removed.
 */
export async function mask(event: HookEvent, { mask: wanted }: Destination, lookup: Lookup): Promise<HookEvent> {
  const named = Object.entries(wanted);
  if (named.length === 0) return event;
  const rules = named.flatMap(([name, action]) =>
    (isMaskClass(name) ? classes[name].map((path) => `data.${path}`) : [name]).map(
      (path): Rule => ({ path: path.split("."), action }),
    ),
  );
  const hide = (leaf: unknown, action: Action) => hideLeaf(leaf, action, lookup);
  const data = await maskNode(event.data, ["data"], rules, hide);
  const { raw, ...parts } = isObject(data) ? data : {};
  const covered = named.some(([name]) => !name.startsWith("data.raw."));
  return {
    ...event,
    ...(await maskSubject(event, wanted.name, hide, namesOf(event.data))),
    data: covered || raw === undefined ? parts : { ...parts, raw },
  };
}

/** The subject of an event as a destination may see it; undefined where it has none. */
export async function maskedSubject(
  subject: string | undefined,
  { mask: wanted }: Pick<Destination, "mask">,
  lookup: Lookup,
): Promise<string | undefined> {
  const masked = await maskSubject({ subject }, wanted.name, (leaf, action) => hideLeaf(leaf, action, lookup));
  return masked.subject ?? subject;
}

type Hide = (leaf: unknown, action: Action) => Promise<string | undefined>;

async function maskNode(node: unknown, path: readonly string[], rules: readonly Rule[], hide: Hide): Promise<unknown> {
  const near = rules.filter((rule) => rule.path.every((name, step) => step >= path.length || name === path[step]));
  if (near.length === 0 || node === null) return node;
  if (Array.isArray(node)) {
    const items = await Promise.all(node.map((item) => maskNode(item, path, near, hide)));
    return items.filter((item) => item !== undefined);
  }
  if (isObject(node)) {
    const members = Object.entries(node).map(async ([name, member]) => {
      return [name, await maskNode(member, [...path, name], near, hide)] as const;
    });
    return Object.fromEntries((await Promise.all(members)).filter(([, member]) => member !== undefined));
  }
  const covering = near.filter((rule) => rule.path.length <= path.length).map(({ action }) => action);
  const action = STRICTNESS.find((strict) => covering.includes(strict));
  // Where the schema wants a number or a truth value, a text in its place would be none.
  if (action !== undefined && typeof node !== "string" && !isOpen(path)) return undefined;
  return action === undefined ? node : hide(node, action);
}

/** Whether a path leads to where any value may stand: what was received, and the tenant's own fields. */
function isOpen([, part, name]: readonly string[]): boolean {
  return part === "raw" || name === "fields";
}

const PERSON = "agent/";

/** The user names in an event, as its subject would have them. */
function namesOf({ agent, user }: HookEvent["data"]): readonly string[] {
  return [agent, user].flatMap((one) => {
    const { id, username } = isObject(one) ? one : {};
    return id === undefined && typeof username === "string" ? username.toLowerCase() : [];
  });
}

/**
 * A person without an id is named in the subject, too.
 * @param names by which somebody there goes; any other number is an id as far as its length allows
 */
async function maskSubject(
  event: Pick<HookEvent, "subject">,
  action: Action | undefined,
  hide: Hide,
  names: readonly string[] = [],
): Promise<Partial<HookEvent>> {
  const { subject = "" } = event;
  const name = subject.startsWith(PERSON) ? subject.slice(PERSON.length) : "";
  const isName = names.includes(name) || tellsOf(subject).whom === "user_name";
  if (action === undefined || name === "" || !isName) return {};
  const hidden = await hide(name, action);
  return { subject: hidden === undefined ? "agent" : `agent/${hidden}` };
}

async function hideLeaf(leaf: unknown, action: Action, lookup: Lookup): Promise<string | undefined> {
  const text = JSON.isRawJSON(leaf) ? leaf.rawJSON : String(leaf);
  // An empty text tells of nobody, and a mask in its place would tell of somebody who is not there.
  if (text === "" && action !== "remove") return text;
  switch (action) {
    case "remove":
      return undefined;
    case "last4":
      return text.length > 4 ? `***${text.slice(-4)}` : "***";
    case "pseudonym":
      return pseudonym(text, lookup);
  }
}
