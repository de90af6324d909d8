import { columns, paint } from "../terminal.ts";

const lines = [
  ["crm", "answers 500: its breaker opens, and what comes for it waits"],
  ["billing", "answers 422: after three attempts its events are dead letters"],
  ["warehouse", "is paused"],
  ["ucontact", "now and then sends a wrong key, and is refused"],
  ["voiso-east", "falls silent"],
  ["vcc", "nora is denied project 11"],
  ["vcc-berlin", "guards in the shadow, by a map with a fault in it"],
  ["hcc", "a call's events come late, or are missing"],
  ["voiso", "sends a webhook twice"],
] as const;

/** What `--busy` adds to what start says. */
export const busyText = [
  "",
  `${paint("bold", "Busy")}: about one webhook a second, and what goes wrong in life`,
  ...columns(lines.map(([who, what]) => [paint("bold", who), what])),
];
