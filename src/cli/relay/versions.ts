import * as z from "zod";
import { columns } from "../terminal.ts";
import { type Answer, readAnswer } from "./answer.ts";
import { clockIn } from "./clock.ts";

const versions = z.object({
  items: z.array(z.object({ version: z.number(), hash: z.string(), who: z.string(), at: z.string() })),
});

/**
 * Tells the versions of a document, the newest first, by the clock of this machine.
 * @param none what is said where there is none
 */
export function tellVersions(told: Answer, none: string): void {
  const { items } = readAnswer(versions, told);
  const clock = clockIn(undefined, Date.now());
  const rows = items.map(({ version, hash, who, at }, position) => {
    return [String(version), hash, `by ${who}`, clock.show(at), position === 0 ? "newest" : ""];
  });
  console.log(rows.length === 0 ? none : columns(rows).join("\n"));
}
