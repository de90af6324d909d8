import * as z from "zod";
import { printMoment } from "../../login/history/zoned-time.ts";
import { UsageError } from "../arguments.ts";
import { tellRemarks } from "../faults.ts";
import { readAnswer, tellWritten } from "../relay/answer.ts";
import { printJson } from "../relay/pages.ts";
import { type GrantOptions, readGrant } from "./grant.ts";
import { type MapOptions, openTarget } from "./target.ts";

const made = z.object({
  id: z.string(),
  until: z.string(),
  zone: z.string(),
  withoutEffect: z.array(z.object({ project: z.string(), owner: z.string(), note: z.string().optional() })),
});

/** Allows or denies one project for a while, as a supervisor may: no other rule is changed. */
export async function grantForAWhile(
  source: string | undefined,
  options: GrantOptions,
  does: "allow" | "deny",
): Promise<void> {
  const { section, id, project, from, until, note } = readGrant(options);
  if (from !== undefined) throw new UsageError("--from: a grant for a while begins now");
  if (until === undefined) throw new UsageError("until when? --until, a day away at most");
  const target = await openTarget(options, source);
  const body = JSON.stringify({ [section]: id, [does]: [project], until, note });
  const answer = await target.relay.call("POST", `${target.path}/grants`, { body });
  if (options.json) return printJson(answer);
  const grant = readAnswer(made, answer);
  tellRemarks(
    grant.withoutEffect.map(({ project, owner, note: why }) => ({
      path: owner,
      message: `denies project ${project}${why === undefined ? "" : ` (${why})`}; a deny always wins`,
    })),
  );
  tellWritten(answer);
  console.log(`${section}.${id}: ${does} ${project} until ${printMoment(Date.parse(grant.until), grant.zone)}`);
  console.log(`take it back: npx hookswitch permissions revoke --source ${target.source} --grant ${grant.id}`);
}

/** `json`: the relay's answer is printed as it is. */
interface TakeBackOptions extends MapOptions {
  readonly json?: boolean | undefined;
}

/** Takes back what was granted for a while. */
export async function takeBack(source: string | undefined, id: string, options: TakeBackOptions): Promise<void> {
  const { relay, path } = await openTarget(options, source);
  const answer = await relay.call("DELETE", `${path}/grants/${encodeURIComponent(id)}`);
  if (options.json) printJson(answer);
  else tellWritten(answer);
}
