import { parseArgs } from "node:util";
import { amend, readWrittenMap } from "../../login/map/amend.ts";
import { deniedBy, type Grant, grantProject, revokeProject } from "../../login/map/grant.ts";
import type { Part } from "../../login/rules.ts";
import { UsageError } from "../refusal.ts";
import { tellRemarks, tellWritten } from "../relay/written.ts";
import { readRelayMap } from "./read-map.ts";
import { mapOptions, openTarget } from "./target.ts";

const options = {
  ...mapOptions,
  user: { type: "string" },
  username: { type: "string" },
  group: { type: "string" },
  project: { type: "string" },
  from: { type: "string" },
  until: { type: "string" },
  note: { type: "string" },
} as const;

/** Allows one agent or group one project. */
export async function grant(args: string[]): Promise<number> {
  return edit(args, true);
}

/** Takes one project from one agent or group, and denies it where others' rules may still allow it. */
export async function revoke(args: string[]): Promise<number> {
  return edit(args, false);
}

async function edit(args: string[], grants: boolean): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const wanted = readGrant(values);
  if (!grants && (wanted.from ?? wanted.until) !== undefined) {
    throw new UsageError("--from and --until belong to grant; a rule that ends by itself needs no revoke");
  }
  const { target } = await openTarget(values, positionals, 0);
  const there = await readRelayMap(target);
  const map = readWrittenMap(there?.text ?? "{}");
  const rules = grants ? grantProject(map, wanted) : revokeProject(map, wanted);
  const path = `${target.path}/${wanted.part}/${encodeURIComponent(wanted.id)}`;
  const onlyAfter = there?.version;
  const answer =
    rules === undefined
      ? await target.relay.call("DELETE", path, { onlyAfter })
      : await target.relay.call("PUT", path, { body: JSON.stringify(rules), onlyAfter });
  const denying = grants ? deniedBy(amend(map, wanted.part, wanted.id, rules), wanted) : [];
  tellRemarks(
    denying.map((owner) => ({ path: owner, message: `denies project ${wanted.project}; a deny always wins` })),
  );
  tellWritten(answer.text);
  console.log(`${wanted.part}.${wanted.id}: ${rules === undefined ? "no rules" : JSON.stringify(rules)}`);
  return 0;
}

function readGrant(values: Readonly<Record<string, string | boolean | undefined>>): Grant {
  const { user, username, group, project, from, until, note } = values;
  const owners: [Part, string | boolean | undefined][] = [
    ["users", user],
    ["usernames", username],
    ["groups", group],
  ];
  const named = owners.filter(([, id]) => id !== undefined);
  const [[part, id] = []] = named;
  if (named.length !== 1 || part === undefined || typeof id !== "string") {
    throw new UsageError("who? one of --user, --username, --group");
  }
  if (typeof project !== "string") throw new UsageError("which project? --project");
  const term = (value: string | boolean | undefined) => (typeof value === "string" ? value : undefined);
  return { part, id, project, from: term(from), until: term(until), note: term(note) };
}
