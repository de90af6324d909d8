import * as z from "zod";
import { amend, readWrittenMap } from "../../login/map/amend.ts";
import { deniedBy, type Grant, grantProject, revokeProject } from "../../login/map/grant.ts";
import type { RuleSection } from "../../login/rules.ts";
import { UsageError } from "../arguments.ts";
import { tellRemarks } from "../faults.ts";
import { readAnswer, tellWritten } from "../relay/answer.ts";
import { readRelayMap } from "./read-map.ts";
import { type MapOptions, openTarget } from "./target.ts";

/** One agent or group, by one of its names, a project, and for how long. */
export interface GrantOptions extends MapOptions {
  readonly user?: string | undefined;
  readonly username?: string | undefined;
  readonly group?: string | undefined;
  readonly project?: string | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly note?: string | undefined;
  /** For programs: the relay's answer, with what the rules are then. */
  readonly json?: boolean | undefined;
}

const anything = z.looseObject({});

/** Allows one agent or group one project. */
export async function grant(source: string | undefined, options: GrantOptions): Promise<void> {
  await edit(source, options, true);
}

/** Takes one project from one agent or group, and denies it where others' rules may still allow it. */
export async function revoke(source: string | undefined, options: GrantOptions): Promise<void> {
  await edit(source, options, false);
}

async function edit(source: string | undefined, options: GrantOptions, grants: boolean): Promise<void> {
  const wanted = readGrant(options);
  const target = await openTarget(options, source);
  const there = await readRelayMap(target);
  const map = readWrittenMap(there?.text ?? "{}");
  const rules = grants ? grantProject(map, wanted) : revokeProject(map, wanted);
  const path = `${target.path}/${wanted.section}/${encodeURIComponent(wanted.id)}`;
  const onlyAfter = there?.version;
  const answer =
    rules === undefined
      ? await target.relay.call("DELETE", path, { onlyAfter })
      : await target.relay.call("PUT", path, { body: JSON.stringify(rules), onlyAfter });
  const denying = grants ? deniedBy(amend(map, wanted.section, wanted.id, rules), wanted) : [];
  const owner = `${wanted.section}.${wanted.id}`;
  if (options.json) {
    const told = { ...readAnswer(anything, answer), owner, rules: rules ?? null, deniedBy: denying };
    return console.log(JSON.stringify(told, undefined, 2));
  }
  tellRemarks(
    denying.map((owner) => ({ path: owner, message: `denies project ${wanted.project}; a deny always wins` })),
  );
  tellWritten(answer);
  console.log(`${owner}: ${rules === undefined ? "no rules" : JSON.stringify(rules)}`);
}

/** Whose rules are meant, which project, and for how long. */
export function readGrant({ user, username, group, project, from, until, note }: GrantOptions): Grant {
  const owners: [RuleSection, string | undefined][] = [
    ["users", user],
    ["usernames", username],
    ["groups", group],
  ];
  const named = owners.flatMap(([section, id]) => (id === undefined ? [] : [{ section, id }]));
  const [owner] = named;
  if (owner === undefined || named.length > 1) throw new UsageError("who? one of --user, --username, --group");
  if (project === undefined) throw new UsageError("which project? --project");
  return { ...owner, project, from, until, note };
}
