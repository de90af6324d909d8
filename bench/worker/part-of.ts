import { type Part, SPAN_MS } from "../../test/many/events.ts";

/** Which events an address asks for: `/:from/:count/:of`; the last of them is as old as the Worker. */
export function partOf({ from, count, of }: Readonly<Record<"from" | "count" | "of", string>>): Part {
  return { from: Number(from), count: Number(count), of: Number(of), start: Date.now() - SPAN_MS };
}
