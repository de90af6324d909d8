import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

/**
 * What each column of the log may hold of a person. Whoever adds a column says so here: erasing, retention and masks go
 * by it.
 * `none`: ids of the relay's own, words, numbers, times; `id`: ids of a vendor that may name a person; `event`: an event
 * or a part of one; `said`: what somebody outside wrote; `mark`: keyed, tells nobody without the key;
 * `operator`: who works with the relay, or what they wrote.
 */
type Class = "none" | "id" | "event" | "said" | "mark" | "operator";

/** One word for a whole table: its columns have nothing else, whichever come. */
const classes: Readonly<Record<string, Class | Readonly<Record<string, Class>>>> = {
  claim: { id: "none", receipt: "none" },
  event: {
    receipt: "none",
    id: "none",
    source: "none",
    type: "none",
    subject: "id",
    agent: "id",
    time: "none",
    key: "none",
    due: "none",
    results: "none",
    class: "none",
    hold: "none",
    size: "none",
    marks: "mark",
    body: "event",
    raw: "event",
  },
  mark_block: {
    last: "none",
    first: "none",
    level: "none",
    versions: "none",
    marks: "mark",
    starts: "none",
    moments: "none",
  },
  late_mark: { receipt: "none", marks: "mark" },
  duplicate: { receipt: "none", id: "none", first: "none", source: "none" },
  failure: { receipt: "none", source: "none", reason: "none", message: "event", body: "event" },
  correction: { receipt: "none", id: "none", corrects: "none" },
  mention: { receipt: "none", subject: "id", source: "none" },
  delivery: {
    receipt: "none",
    destination: "none",
    run: "none",
    source: "none",
    type: "none",
    state: "none",
    attempt: "none",
    next: "none",
    since: "none",
    reason: "none",
    attempts: "said",
    probed: "none",
    replay: "none",
  },
  replay: {
    id: "none",
    who: "operator",
    reason: "operator",
    asked: "id",
    state: "none",
    step: "none",
    due: "none",
    called: "none",
    cursor: "none",
    parts: "none",
    events: "none",
    deliveries: "none",
    destinations: "none",
    begun: "none",
    skipped: "none",
    told: "none",
    paced: "none",
    started: "none",
    starter: "operator",
    ended: "none",
    ender: "operator",
    because: "none",
  },
  replay_part: { replay: "none", part: "none", found: "none" },
  pause: { destination: "none", since: "none", reason: "none", who: "operator" },
  tally: "none",
  tally_sum: "none",
  flow_sum: "none",
  refused_total: "none",
  key_use: "none",
  spool: { receipt: "none", due: "none", tries: "none", refused: "none", message: "event", body: "event" },
  rejection: {
    day: "none",
    source: "none",
    reason: "none",
    detail: "none",
    times: "none",
    kept: "none",
    last: "none",
    bytes: "none",
    sha256: "none",
  },
  refused_request: {
    request: "none",
    lot: "none",
    source: "none",
    kind: "none",
    reason: "none",
    status: "none",
    bytes: "none",
    agent: "said",
    address: "said",
    came: "none",
  },
  document: { name: "none", version: "none", hash: "none", who: "operator", at: "none", body: "id" },
  missing_document: { name: "none", since: "none" },
  drift: {
    source: "none",
    path: "none",
    what: "none",
    first: "none",
    last: "none",
    times: "none",
    sample: "none",
  },
  unknown_project: { source: "none", project: "none", first: "none" },
  agent: { source: "none", id: "id", username: "id", seen: "none" },
  beat: { name: "none", at: "none" },
  token: {
    id: "none",
    name: "operator",
    role: "none",
    destination: "none",
    hash: "none",
    created: "none",
    maker: "operator",
    expires: "none",
    used: "none",
  },
  // Who, what and reason are salted digests here; the salt stands beside the words, and goes with them.
  audit: "none",
  audit_person: { seq: "none", salt: "none", who: "operator", what: "id", reason: "operator" },
  failed_sign_in: { hour: "none", address: "said" },
  clear_view: { hour: "none", who: "operator" },
};

const folder = "src/log/migrations";
const sql = readdirSync(folder)
  .map((name) => readFileSync(`${folder}/${name}`, "utf8"))
  .join("\n")
  .replaceAll(/--.*$/gm, "");

/** The columns of each table, as the migrations have them. */
const tables = Object.fromEntries(
  [...sql.matchAll(/CREATE TABLE (\w+) \(([\s\S]*?)\n\)/g)].map(([, table = "", columns = ""]) => [
    table,
    [...columns.matchAll(/^ {2}(?!PRIMARY KEY|CHECK|UNIQUE|FOREIGN)(\w+) /gm)].map(([, column = ""]) => column),
  ]),
);

it("is said of every column what it may hold of a person, and of no other", () => {
  const said = Object.entries(classes).map(([table, columns]) => {
    return [table, typeof columns === "string" ? tables[table] : Object.keys(columns)];
  });
  expect(Object.fromEntries(said)).toEqual(tables);
});

it("stands in few columns, apart from what is keyed", () => {
  const holding = Object.entries(classes).flatMap(([table, columns]) =>
    Object.entries(typeof columns === "string" ? {} : columns).flatMap(([column, held]) =>
      held === "none" || held === "mark" ? [] : `${table}.${column}`,
    ),
  );
  expect(holding.toSorted()).toEqual([
    "agent.id",
    "agent.username",
    "audit_person.reason",
    "audit_person.what",
    "audit_person.who",
    "clear_view.who",
    "delivery.attempts",
    "document.body",
    "document.who",
    "event.agent",
    "event.body",
    "event.raw",
    "event.subject",
    "failed_sign_in.address",
    "failure.body",
    "failure.message",
    "mention.subject",
    "pause.who",
    "refused_request.address",
    "refused_request.agent",
    "replay.asked",
    "replay.ender",
    "replay.reason",
    "replay.starter",
    "replay.who",
    "spool.body",
    "spool.message",
    "token.maker",
    "token.name",
  ]);
});
