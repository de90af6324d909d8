import * as z from "zod";
import { countDifference, tellDifference } from "../../login/map/count-difference.ts";
import { diffPermissions } from "../../login/map/diff.ts";
import type { PermissionsDocument } from "../../login/rules.ts";
import { userName } from "../../platform/shown.ts";

const MAX_TOLD = 500;

const change = z.object({
  owner: userName.describe("users.41, usernames.nora_k, groups.3 or default"),
  before: userName.optional().describe("the rules before, in words; absent where there were none"),
  after: userName.optional().describe("the same after"),
});

/** How the API tells what differs between two maps. */
export const mapDifference = z.object({
  text: userName.describe("in words: 12 grants added, 1 denial taken away"),
  owners: z.number().describe("whose rules differ; the first 500 are told"),
  changes: z.array(change),
});

/** What differs between two maps, in words. Pure. */
export function tellMapDifference(
  before: PermissionsDocument,
  after: PermissionsDocument,
): z.input<typeof mapDifference> {
  const differences = diffPermissions(before, after);
  return {
    text: tellDifference(countDifference(before, after, differences)),
    owners: differences.length,
    changes: differences.slice(0, MAX_TOLD),
  };
}
