import { UsageError } from "../arguments.ts";
import type { Sample, SampleValue } from "./sample.ts";

/** Who asks to log in where, as far as somebody said so. */
export interface GivenQuestion {
  readonly user?: string | undefined;
  readonly username?: string | undefined;
  readonly group?: string | undefined;
  readonly projects?: readonly string[] | undefined;
}

/** A login question of the one that was named; a sample that asks nothing takes no name. */
export function askAs(sample: Sample, { user, username, group, projects }: GivenQuestion): Sample {
  const given = [user, username, group, projects].some((value) => value !== undefined);
  if (!given) return sample;
  if (sample.event !== "login.decided") {
    throw new UsageError("--user, --username, --group and --projects are those of a login question");
  }
  const { userId, username: name, groupId, projectId, secondaryProjectIds, ...rest } = sample.body;
  const [first, ...others] = projects ?? [];
  const isNamed = user !== undefined || username !== undefined;
  const who = isNamed
    ? { ...optional("userId", user && asSent(user)), ...optional("username", username) }
    : { ...optional("userId", userId), ...optional("username", name) };
  const where =
    first === undefined
      ? { ...optional("projectId", projectId), ...optional("secondaryProjectIds", secondaryProjectIds) }
      : { projectId: asSent(first), secondaryProjectIds: others.map(asSent) };
  const inGroup = group === undefined ? (isNamed ? undefined : groupId) : asSent(group);
  return { ...sample, body: { ...rest, ...where, ...who, ...optional("groupId", inGroup) } };
}

function optional(name: string, value: SampleValue | undefined): Record<string, SampleValue> {
  return value === undefined ? {} : { [name]: value };
}

/** The vendor sends ids as numbers. */
function asSent(id: string): SampleValue {
  return /^(?:0|[1-9]\d{0,14})$/.test(id) ? Number(id) : id;
}
