import * as z from "zod";
import { readAnswer } from "../relay/answer.ts";
import { openRelayClient, type RelayOptions } from "../relay/client.ts";
import { type Clock, clockIn } from "../relay/clock.ts";
import { columns, paint } from "../terminal.ts";

/** Which relay, which entries, and for whom they are. */
interface AuditOptions extends RelayOptions {
  readonly json?: boolean | undefined;
  readonly who?: string | undefined;
  readonly what?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly zone?: string | undefined;
  readonly limit: number;
}

const entry = z.object({
  seq: z.number(),
  at: z.string(),
  who: z.string().nullable(),
  role: z.string(),
  action: z.string(),
  what: z.string().nullable(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  reason: z.string().nullable(),
  hash: z.string(),
});
const page = z.object({ items: z.array(entry), next: z.number().nullable() });
type Entry = z.infer<typeof entry>;

const MAX_PAGE = 200;

/** Tells who did what at a relay, the newest first. */
export async function tellAudit({ json, limit, who, what, since, until, zone, ...relay }: AuditOptions): Promise<void> {
  const client = openRelayClient(relay);
  const clock = clockIn(zone, Date.now());
  const asked = Object.entries({ who, what, since, until, zone: clock.zone }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  const items: Entry[] = [];
  let cursor: number | null | undefined;
  do {
    const more = cursor === undefined ? [] : [["cursor", String(cursor)]];
    const parameters = [...asked, ...more, ["limit", String(Math.min(MAX_PAGE, limit - items.length))]];
    const query = new URLSearchParams(parameters.map(([name = "", value = ""]): [string, string] => [name, value]));
    const { items: found, next } = readAnswer(page, await client.call("GET", `audit?${query}`));
    items.push(...found);
    cursor = next;
  } while (cursor !== null && items.length < limit);
  if (json) console.log(JSON.stringify({ items, next: cursor }));
  else if (items.length === 0) console.log("nothing of the kind was done");
  else console.log([...columns(items.map((one) => toRow(one, clock))), ...(cursor === null ? [] : [MORE])].join("\n"));
}

const MORE = paint("dim", "  there is more: --limit, or --until the last of these");
/** What leaves a version that a rollback takes. */
const VERSIONED = /^(?:config|permissions)\./;
const ERASED = "(erased)";

function toRow({ at, who, role, action, what, after, reason }: Entry, clock: Clock): string[] {
  const version = after === null || !VERSIONED.test(action) ? "" : paint("dim", `version ${after}`);
  const why = reason === null ? "" : paint("dim", `“${reason}”`);
  return [paint("dim", clock.show(at)), `${who ?? ERASED} (${role})`, action, what ?? ERASED, version, why];
}
