import { parseArgs } from "node:util";
import * as z from "zod";
import { checkPermissions } from "../../login/map/check.ts";
import { UsageError } from "../refusal.ts";
import { tellRemarks } from "../relay/written.ts";
import { columns } from "../terminal.ts";
import { readMapFile } from "./read-map.ts";
import { mapOptions, openTarget } from "./target.ts";

const answer = z.object({
  days: z.number(),
  asked: z.number(),
  cut: z.boolean(),
  unused: z.number(),
  rules: z.array(z.object({ owner: z.string(), position: z.number(), note: z.string().optional() })),
});

/** Checks a map without any relay; with --unused, which rules of the relay's map nobody needed. */
export async function check(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...mapOptions,
      unused: { type: "boolean", default: false },
      days: { type: "string", default: "30" },
      zone: { type: "string", default: "UTC" },
    },
  });
  if (values.unused) return listUnused(values, positionals, values.days);
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0) throw new UsageError("which file?");
  const { document } = await readMapFile(file);
  const findings = checkPermissions(document, values.zone, Date.now());
  tellRemarks(findings);
  console.log(`${file} is valid${findings.length === 0 ? "" : `, with ${findings.length} to look at`}`);
  return 0;
}

async function listUnused(
  values: Parameters<typeof openTarget>[0],
  positionals: readonly string[],
  days: string,
): Promise<number> {
  const { target } = await openTarget(values, positionals, 0);
  const { text } = await target.relay.call("GET", `${target.path}/unused?days=${encodeURIComponent(days)}`);
  const told = answer.parse(JSON.parse(text));
  console.log(`${told.unused} rules were not needed by ${told.asked} logins in ${told.days} days`);
  if (told.cut) console.log("(there were more logins than can be looked at; the oldest do not count)");
  console.log(
    columns(told.rules.map(({ owner, position, note = "" }) => [owner, `rule ${position}`, note])).join("\n"),
  );
  return 0;
}
