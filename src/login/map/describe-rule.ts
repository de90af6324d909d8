import { weekdays } from "../../config/schema/hours.ts";
import type { RuleDocument, RulesDocument } from "../rules.ts";
import { sameId } from "../same.ts";

/** A rule in one line: `allow 7, 11; mon tue 08:00-12:00; until 2027-03-01 (Contract ends)`. */
function describeRule({ allow, except = [], deny, from, until, hours, note }: RuleDocument): string {
  const parts = [
    ...(allow === undefined ? [] : [`allow ${list(allow)}${except.length > 0 ? ` except ${list(except)}` : ""}`]),
    ...(deny === undefined ? [] : [`deny ${list(deny)}`]),
    ...(hours === undefined ? [] : [describeHours(hours)]),
    ...(from === undefined ? [] : [`from ${from}`]),
    ...(until === undefined ? [] : [`until ${until}`]),
  ];
  return `${parts.length === 0 ? "nothing" : parts.join("; ")}${note === undefined ? "" : ` (${note})`}`;
}

/** All rules of one agent or group in one line. */
export function describeRules(rules: RulesDocument): string {
  const described = [rules].flat().map(describeRule);
  return described.length === 0 ? "no rule" : described.join(" + ");
}

function describeHours({ days: on, start, end, tz }: NonNullable<RuleDocument["hours"]>): string {
  const named = on.length === weekdays.length ? "every day" : on.join(" ");
  return `${named} ${start}-${end}${tz === undefined ? "" : ` ${tz}`}`;
}

function list(projects: "*" | readonly string[]): string {
  return projects === "*" ? "*" : projects.map(sameId).join(", ");
}
