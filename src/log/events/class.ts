/** What kind of record an event is: how long it is kept, and what may be held, goes by that. */
export type EventClass = "event" | "decision" | "sync" | "relay";

/** The class of a type. */
export function classOf(type: string): EventClass {
  if (type === "login.decided") return "decision";
  if (type.startsWith("sync.")) return "sync";
  return type.startsWith("relay.") ? "relay" : "event";
}
