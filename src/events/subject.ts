/** The subjects of contract: what an event is about. Each returns undefined when its id is unknown. */
type Id = string | undefined;

export const subjects = {
  call: (id: Id) => join("call", id),
  interaction: (guid: Id) => join("interaction", guid),
  ticket: (project: Id, id: Id) => join("ticket", project, id),
  conversation: (...ids: Id[]) => join("conversation", ...ids),
  message: (...ids: Id[]) => join("message", ...ids),
  payment: (id: Id) => join("payment", id),
  customer: (project: Id, record: Id) => join("customer", project, record),
  /** People: by id, else by their user name in lower case. */
  agent: (person: { id?: Id; username?: Id } | undefined) =>
    join("agent", person?.id ?? person?.username?.toLowerCase()),
};

function join(kind: string, ...ids: Id[]): string | undefined {
  return ids.some((id) => id === undefined) ? undefined : [kind, ...ids].join("/");
}
