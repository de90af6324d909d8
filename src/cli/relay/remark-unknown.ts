import * as z from "zod";
import { readAnswer } from "./answer.ts";
import type { RelayClient } from "./client.ts";

const named = z.array(z.looseObject({ id: z.string() }));
const status = z.looseObject({ sources: named, destinations: named });

/** What a search was narrowed to. */
interface Narrowed {
  readonly source?: string | undefined;
  readonly destination?: string | undefined;
}

/** What is to be said of a search that found nothing: that the relay has no source or destination of that id, and which it has. */
export async function remarkUnknown(relay: RelayClient, { source, destination }: Narrowed): Promise<string> {
  if (source === undefined && destination === undefined) return "";
  const { sources, destinations } = readAnswer(status, await relay.call("GET", "status"));
  return [unknown("source", source, sources), unknown("destination", destination, destinations)].join("");
}

function unknown(what: string, id: string | undefined, there: z.infer<typeof named>): string {
  if (id === undefined || there.some((one) => one.id === id)) return "";
  const ids = there.map((one) => one.id).join(", ");
  return `; no ${what} is called ${id}: there ${ids === "" ? "are none" : `are ${ids}`}`;
}
