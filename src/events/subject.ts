/** The subjects of contract: what an event is about. Each returns undefined when its id is unknown. */
type Id = string | undefined;

export const subjects = {
  call: (id: Id) => join("call", id),
  interaction: (guid: Id) => join("interaction", guid),
  ticket: (project: Id, id: Id) => join("ticket", project, id),
  conversation: (...ids: Id[]) => join("conversation", ...ids),
  message: (...ids: Id[]) => join("message", ...ids),
  payment: (id: Id) => join("payment", id),
  incident: (id: Id) => join("incident", id),
  customer: (project: Id, record: Id) => join("customer", project, record),
  /** People: by id, else by their user name in lower case. */
  agent: (person: { id?: Id; username?: Id } | undefined) =>
    join("agent", person?.id ?? person?.username?.toLowerCase()),
};

/** The subjects that name a call: its own, and that of a vendor who calls it an interaction. */
export function namesOfCall(id: string): string[] {
  return [`call/${id}`, `interaction/${id}`];
}

/** The call that an event belongs to, as a subject, where its own does not name it: that of a payment, for one. */
export function callBeside({ callid, subject }: { callid?: Id; subject?: Id }): Id {
  return callid === undefined || namesOfCall(callid).includes(subject ?? "") ? undefined : subjects.call(callid);
}

/** The kind of a subject, and the id. */
const KIND_AND_ID = /^([a-z]+)\/(.+)$/s;
/** Longer numbers are those of phones, which some work under. */
const AGENT_NUMBER = /^\d{1,6}$/;
/** Kinds of what is no person. Of any other kind, such as a tenant's own, nobody knows. */
const THINGS = ["call", "interaction", "ticket", "conversation", "message", "payment", "incident"];

/**
 * Whom a subject tells of: `thing`: nobody; `agent`: an agent by a number; `user_name`: by the name that they work under;
 * else a person, or nobody knows. `kind`: what may be shown of it all the same, with its slash.
 */
export function tellsOf(subject: string): {
  readonly whom: "thing" | "agent" | "user_name" | "person";
  readonly kind: string;
} {
  const [, word = "", id = ""] = KIND_AND_ID.exec(subject) ?? [];
  const kind = word === "" ? "" : `${word}/`;
  if (word === "agent") return { whom: AGENT_NUMBER.test(id) ? "agent" : "user_name", kind };
  return { whom: THINGS.includes(word) ? "thing" : "person", kind };
}

function join(kind: string, ...ids: Id[]): string | undefined {
  return ids.some((id) => id === undefined) ? undefined : [kind, ...ids].join("/");
}
