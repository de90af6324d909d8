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

function join(kind: string, ...ids: Id[]): string | undefined {
  return ids.some((id) => id === undefined) ? undefined : [kind, ...ids].join("/");
}
