import type { HookEvent } from "../envelope.ts";
import { isObject } from "../json.ts";
import { looksLikeEmail, looksLikePhone, type Trait, type TraitKind, traitKinds } from "./trait.ts";

/** Where the traits of an event stand in its `data`. */
const PLACES: Readonly<Record<TraitKind, readonly string[]>> = {
  call: ["call.id", "interaction.id"],
  agent: ["agent.id", "user.id", "ticket.createdBy.id"],
  username: ["agent.username", "user.username"],
  phone: [
    "call.from",
    "call.to",
    "customer.phone",
    ...["current", "previous"].flatMap((when) =>
      ["outboundPhone", "contactPhone", "mobilePhone"].map((name) => `user.${when}.${name}`),
    ),
  ],
  email: ["agent.email", "customer.email", "user.current.email", "user.previous.email"],
  customer: ["customer.id", "customer.externalId"],
  account: ["customer.accountId"],
};

/** A phone number or an address of e-mail, as the channel has it. */
const CORRESPONDENTS = ["message.from", "message.to", "message.cc", "message.bcc", "customer.handle"];

/** The traits of an event, each once. Never throws, whatever stands in it. */
export function traitsOf({ callid, data }: Pick<HookEvent, "callid" | "data">): Trait[] {
  const traits = [
    ...(typeof callid !== "string" ? [] : [{ kind: "call", value: callid } as const]),
    ...traitKinds.flatMap((kind) =>
      PLACES[kind].flatMap((place) => textsAt(data, place)).map((value) => ({ kind, value })),
    ),
    ...CORRESPONDENTS.flatMap((place) => textsAt(data, place)).flatMap(correspondent),
  ];
  return [...new Map(traits.map((trait) => [`${trait.kind} ${trait.value}`, trait])).values()];
}

function correspondent(value: string): Trait[] {
  if (looksLikeEmail(value)) return [{ kind: "email", value }];
  return looksLikePhone(value) ? [{ kind: "phone", value }] : [];
}

/** The texts at a path, or in the list that stands there. */
function textsAt(data: unknown, path: string): string[] {
  const found = path.split(".").reduce<unknown>((node, name) => (isObject(node) ? node[name] : undefined), data);
  const texts: unknown[] = Array.isArray(found) ? found : [found];
  return texts.filter((text): text is string => typeof text === "string" && text !== "");
}
