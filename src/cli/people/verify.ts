import * as z from "zod";
import { UsageError } from "../arguments.ts";
import { ToldFailure } from "../refusal.ts";
import { readAnswer } from "../relay/answer.ts";
import { openRelayClient, type RelayOptions } from "../relay/client.ts";
import { paint } from "../terminal.ts";

/** Which relay, and the head that was noted before. */
interface VerifyOptions extends RelayOptions {
  readonly json?: boolean | undefined;
  readonly head?: string | undefined;
}

const part = z.object({
  ok: z.boolean(),
  entries: z.number(),
  head: z.string(),
  firstBroken: z.number().optional(),
  why: z.string().optional(),
  found: z.number().optional(),
  next: z.number().nullable(),
});
type Part = z.infer<typeof part>;

const HASH = /^[0-9a-f]{64}$/;
const WHY: Readonly<Record<string, string>> = {
  missing: "it is not there",
  changed: "it is not what was written, or the one before it is not",
  personal_part_changed: "its who, what or reason is not what was written",
};

/** Looks at the whole chain of a relay's audit, part by part; fails when it is broken, or does not have the head noted. */
export async function verifyAudit({ json, head, ...relay }: VerifyOptions): Promise<void> {
  if (head !== undefined && !HASH.test(head))
    throw new UsageError("--head: a hash has 64 letters and digits, 0-9 and a-f");
  const client = openRelayClient(relay);
  const wanted = head === undefined ? "" : `&head=${head}`;
  const read = async (from: string) => readAnswer(part, await client.call("GET", `audit/verify?${from}${wanted}`));
  let last = await read("");
  let { found } = last;
  while (last.next !== null) {
    last = await read(`cursor=${last.next}`);
    found ??= last.found;
  }
  const { ok, entries, head: newest, firstBroken, why } = last;
  const isThere = head === undefined || found !== undefined;
  if (json) console.log(JSON.stringify({ ok: ok && isThere, entries, head: newest, firstBroken, why, found }));
  else console.log(explain(last, head, found).join("\n"));
  if (!ok || !isThere) throw new ToldFailure();
}

function explain(
  { ok, entries, head: newest, firstBroken, why = "" }: Part,
  head: string | undefined,
  found?: number,
): string[] {
  if (!ok) return [`${paint("red", "broken")} at entry ${firstBroken} of ${entries}: ${WHY[why] ?? why}`];
  const whole = [`${paint("green", "whole")}: ${entries} entries`, `head ${newest === "" ? "(none)" : newest}`];
  if (head === undefined) return whole;
  return found === undefined
    ? [...whole, `${paint("red", "the head that was noted is not in it")}: entries were taken away, or made anew`]
    : [...whole, `the head that was noted is entry ${found}`];
}
