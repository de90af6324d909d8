import { OWN_SOURCE, RELAY_SOURCE } from "../../events/own-source.ts";

/** How a line of the ledger is called: the relay has some of its own, for its self-test and for what it tells of itself. */
export function sourceName(id: string): string {
  if (id === OWN_SOURCE) return "self-test";
  return id === RELAY_SOURCE ? "the relay itself" : id;
}
