import type { Destination } from "../config/load.ts";
import { type Lookup, resolveReference } from "../config/reference.ts";
import type { HookEvent } from "../events/envelope.ts";
import { isObject } from "../events/json.ts";

type Action = Destination["mask"][string];

/** The tenant's own fields may hold anything, so every class covers them. */
const CUSTOM = ["customer.fields", "agent.fields"];
const CORRESPONDENTS = ["message.from", "message.to", "message.cc", "message.bcc", "customer.handle"];

/** Where each class of personal data can appear in `data`. */
const classes: Readonly<Record<string, readonly string[]>> = {
  phone: [
    ...CUSTOM,
    ...CORRESPONDENTS,
    "call.from",
    "call.to",
    "customer.phone",
    ...["outboundPhone", "contactPhone", "mobilePhone"].flatMap((name) => [
      `user.current.${name}`,
      `user.previous.${name}`,
    ]),
  ],
  email: [...CUSTOM, ...CORRESPONDENTS, "agent.email", "customer.email", "user.current.email", "user.previous.email"],
  name: [
    ...CUSTOM,
    ...CORRESPONDENTS,
    "agent.name",
    "agent.username",
    "customer.name",
    "user.username",
    "user.current.name",
    "user.previous.name",
    "ticket.createdBy.name",
    "conversation.agents",
    "conversation.transcript.from",
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

/** An event as a destination may see it. `raw` goes when a whole class is masked: it could hold the same again. */
export async function mask(
  event: HookEvent,
  { mask: rules, secrets }: Destination,
  lookup: Lookup,
): Promise<HookEvent> {
  const wanted = Object.entries(rules);
  if (wanted.length === 0) return event;
  const key =
    lookup("MASK_KEY") ?? secrets.map((secret) => resolveReference(secret, lookup)).find(Boolean) ?? event.source;
  let masked: unknown = event;
  for (const [name, action] of wanted) {
    const paths = classes[name]?.map((path) => `data.${path}`) ?? [name];
    for (const path of paths) masked = await maskAt(masked, path.split("."), (leaf) => hide(leaf, action, key));
  }
  const result = isObject(masked) && isObject(masked.data) ? masked.data : {};
  const hasClass = wanted.some(([name]) => name in classes);
  const { raw, ...parts } = result;
  const subject = await maskSubject(event, rules.name, key);
  return { ...event, ...subject, data: hasClass ? parts : { ...parts, raw } };
}

/** A person without an id is named in the subject, too. */
async function maskSubject(event: HookEvent, action: Action | undefined, key: string): Promise<Partial<HookEvent>> {
  const [, name] = /^agent\/(.*\D.*)$/.exec(event.subject ?? "") ?? [];
  if (action === undefined || name === undefined) return {};
  const hidden = await hide(name, action, key);
  return { subject: hidden === undefined ? "agent" : `agent/${String(hidden)}` };
}

type Hide = (leaf: unknown) => Promise<unknown>;

async function maskAt(node: unknown, path: readonly string[], change: Hide): Promise<unknown> {
  const [name, ...rest] = path;
  if (Array.isArray(node)) {
    return (await Promise.all(node.map((item) => maskAt(item, path, change)))).filter((item) => item !== undefined);
  }
  if (isObject(node)) {
    const names = name === undefined ? Object.keys(node) : Object.hasOwn(node, name) ? [name] : [];
    const changed = await Promise.all(names.map(async (key) => [key, await maskAt(node[key], rest, change)] as const));
    const hidden = new Map(changed);
    const entries = Object.entries(node).map(
      ([key, value]) => [key, hidden.has(key) ? hidden.get(key) : value] as const,
    );
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }
  return name === undefined && node !== null ? change(node) : node;
}

async function hide(leaf: unknown, action: Action, key: string): Promise<unknown> {
  const text = String(leaf);
  switch (action) {
    case "remove":
      return undefined;
    case "last4":
      return text.length > 4 ? `***${text.slice(-4)}` : "***";
    case "pseudonym":
      return `p_${await pseudonym(text, key)}`;
  }
}

/** Equal values have equal pseudonyms under one key, so that joins still work: 20 hex digits of HMAC-SHA256. */
async function pseudonym(text: string, key: string): Promise<string> {
  const bytes = new TextEncoder();
  const hmac = await crypto.subtle.importKey("raw", bytes.encode(key), { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
  ]);
  const digest = new Uint8Array(await crypto.subtle.sign("HMAC", hmac, bytes.encode(text)));
  return [...digest.slice(0, 10)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
