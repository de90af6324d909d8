import * as z from "zod";
import { columns } from "../terminal.ts";
import { clockIn } from "./clock.ts";

/** The versions of a document, the newest first. */
export const versions = z.object({
  items: z.array(
    z.object({ version: z.number(), hash: z.string(), who: z.string(), at: z.string(), newest: z.boolean() }),
  ),
});

/**
 * Tells the versions of a document, the newest first, by the clock of this machine.
 * @param none what is said where there is none
 */
export function tellVersions({ items }: z.infer<typeof versions>, none = ""): void {
  const clock = clockIn(undefined, Date.now());
  const rows = items.map(({ version, hash, who, at, newest }) => {
    return [String(version), hash, `by ${who}`, clock.show(at), newest ? "newest" : ""];
  });
  console.log(rows.length === 0 ? none : columns(rows).join("\n"));
}
