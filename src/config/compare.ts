import { isObject } from "../events/json.ts";

/** A member in which two configurations differ; what one of them does not have is absent. */
export interface ConfigDifference {
  /** `destinations.crm.timeoutMs`; a source or destination that only one of them has is told as a whole. */
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Sources and destinations, which come and go as a whole. */
const WHOLE_DEPTH = 2;

/** What differs in meaning between two configurations that were read: what is left out has its default in both. */
export function compareConfigs(before: unknown, after: unknown, path: readonly string[] = []): ConfigDifference[] {
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => compareConfigs(before[name], after[name], [...path, name]));
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const members = path.length < WHOLE_DEPTH ? membersOf(before ?? after) : undefined;
  if (members !== undefined) {
    return members.flatMap((name) => compareConfigs(memberOf(before, name), memberOf(after, name), [...path, name]));
  }
  return [
    {
      path: path.join("."),
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    },
  ];
}

function membersOf(value: unknown): string[] | undefined {
  return isObject(value) ? Object.keys(value) : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}
