import fc from "fast-check";
import { expect, test } from "vitest";
import { decideBy } from "./decision.ts";

const RUNS = 1500;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const ZONES = [
  "Europe/Budapest",
  "America/Chicago",
  "UTC",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "America/St_Johns",
  "Pacific/Kiritimati",
];

interface ModelRule {
  allow?: "*" | (string | number)[];
  except?: (string | number)[];
  deny?: "*" | (string | number)[];
  from?: string;
  until?: string;
  hours?: { tz?: string; days: string[]; start: string; end: string };
}
type ModelRules = ModelRule | ModelRule[];
interface ModelDocument {
  default?: ModelRules;
  groups?: Record<string, ModelRules>;
  users?: Record<string, ModelRules>;
  usernames?: Record<string, ModelRules>;
}
interface ModelQuestion {
  projects: string[];
  userId?: string | undefined;
  username?: string | undefined;
  groupId?: string | undefined;
}

// The model: as slow and as plain as can be, by Intl instead of Temporal, minute by minute instead of by comparison.

const formats = new Map<string, Intl.DateTimeFormat>();

/** The clock on the wall as `Fri, 2026-11-20 10:00`. */
function wall(at: number, zone: string): { weekday: string; time: string; text: string } {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      hourCycle: "h23",
      weekday: "short",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
    });
  formats.set(zone, format);
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const time = `${part.hour}:${part.minute}`;
  return {
    weekday: String(part.weekday).toLowerCase(),
    time,
    text: `${part.year}-${part.month}-${part.day}T${time}`,
  };
}

/** Tries every offset of the world until the clock on the wall shows the text; in a gap, the offset of the day before. */
function moment(text: string, zone: string): number {
  if (/[Z+]/.test(text)) return Date.parse(text);
  const asIfUtc = Date.parse(`${text}Z`);
  for (let offset = 15 * 60; offset >= -13 * 60; offset -= 15) {
    const at = asIfUtc - offset * MINUTE;
    if (wall(at, zone).text === text) return at;
  }
  const dayBefore = asIfUtc - DAY;
  return asIfUtc - (Date.parse(`${wall(dayBefore, zone).text}Z`) - dayBefore);
}

/** Walks through the hours of each day, minute by minute, until the clock shows what it shows now. */
function inHours({ tz, days, start, end }: NonNullable<ModelRule["hours"]>, now: number, zone: string): boolean {
  const { weekday, time } = wall(now, tz ?? zone);
  const shown = (minute: number) =>
    `${String(Math.floor(minute / 60) % 24).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  const count = (text: string) => Number(text.split(":")[0]) * 60 + Number(text.split(":")[1]);
  const last = count(end) <= count(start) ? count(end) + 24 * 60 : count(end);
  for (const day of days) {
    for (let minute = count(start); minute < last; minute++) {
      const dayShown = WEEK[(WEEK.indexOf(day) + Math.floor(minute / (24 * 60))) % 7];
      if (dayShown === weekday && shown(minute) === time) return true;
    }
  }
  return false;
}

function applies(rule: ModelRule, now: number, zone: string): boolean {
  if (rule.from !== undefined && now < moment(rule.from, zone)) return false;
  if (rule.until !== undefined && now >= moment(rule.until, zone)) return false;
  return rule.hours === undefined || inHours(rule.hours, now, zone);
}

/** One letter after the other, as a person would compare them. */
function plain(text: string | number): string {
  const letters = [...String(text).normalize("NFKC")];
  while (/\s/.test(letters[0] ?? "")) letters.shift();
  while (/\s/.test(letters.at(-1) ?? "")) letters.pop();
  return letters.join("");
}

function sameId(one: string | number, other: string | number | undefined): boolean {
  if (other === undefined) return false;
  const [a, b] = [plain(one), plain(other)];
  const isNumber = [a, b].every((id) => id !== "" && [...id].every((digit) => "0123456789".includes(digit)));
  return isNumber ? BigInt(a) === BigInt(b) : a === b;
}

function sameName(one: string, other: string | undefined): boolean {
  return other !== undefined && plain(one).toLowerCase() === plain(other).toLowerCase();
}

/** As an owner is called: a number without its zeros, a name in lower case. */
function called(part: string, id: string): string {
  if (part === "usernames") return `usernames.${plain(id).toLowerCase()}`;
  return `${part}.${/^[0-9]+$/.test(plain(id)) ? BigInt(plain(id)) : plain(id)}`;
}

function has(list: "*" | (string | number)[] | undefined, project: string): boolean {
  return list === "*" || (list ?? []).some((id) => sameId(id, project));
}

function expected(document: ModelDocument, question: ModelQuestion, now: number, zone: string) {
  const mine: { owner: string; rule: ModelRule }[] = [];
  const add = (owner: string, rules: ModelRules | undefined) => {
    for (const rule of rules === undefined ? [] : Array.isArray(rules) ? rules : [rules]) mine.push({ owner, rule });
  };
  for (const [id, rules] of Object.entries(document.users ?? {}))
    if (sameId(id, question.userId)) add(called("users", id), rules);
  for (const [name, rules] of Object.entries(document.usernames ?? {})) {
    if (sameName(name, question.username)) add(called("usernames", name), rules);
  }
  for (const [id, rules] of Object.entries(document.groups ?? {}))
    if (sameId(id, question.groupId)) add(called("groups", id), rules);
  add("default", document.default);
  const applying = mine.filter(({ rule }) => applies(rule, now, zone));
  return Object.fromEntries(
    question.projects.map((project) => {
      const denied = applying.filter(({ rule }) => has(rule.deny, project))[0];
      const allowed = applying.filter(({ rule }) => has(rule.allow, project) && !has(rule.except, project))[0];
      if (denied) return [project, { granted: false, rule: `${denied.owner} deny` }];
      if (allowed) return [project, { granted: true, rule: `${allowed.owner} allow` }];
      return [project, { granted: false, rule: "none" }];
    }),
  );
}

// Few names and ids, so that they meet; times around the changes of the clock and around now, so that they matter.

const projectIds = ["7", "11", "12", "constructor"];
const spelled = ["07", " 7", "１１", "11\u00a0", "0012"];
const project = fc.oneof(
  fc.constantFrom<string | number>(...projectIds),
  fc.constantFrom<string | number>(7, 11, 12),
  fc.constantFrom<string | number>(...spelled),
);
const projects = fc.array(project, { maxLength: 3 });
const projectsOrAll = fc.oneof({ weight: 1, arbitrary: fc.constant<"*">("*") }, { weight: 3, arbitrary: projects });
const hour = fc
  .record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.constantFrom(0, 15, 30, 59) })
  .map(({ hour, minute }) => `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`);
const timeOfDay = fc.oneof({ weight: 6, arbitrary: hour }, { weight: 1, arbitrary: fc.constant("24:00") });
const moments = fc.constantFrom(
  ...["2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z", "2026-03-08T08:00:00Z", "2026-11-01T07:00:00Z"],
  ...["2026-11-22T23:00:00Z", "2026-04-04T15:00:00Z", "2026-10-03T15:30:00Z", "2026-12-31T23:00:00Z"],
);
const now = fc
  .record({
    around: moments,
    minutes: fc.oneof(fc.integer({ min: -180, max: 180 }), fc.integer({ min: -5000, max: 5000 })),
    milliseconds: fc.constantFrom(0, 0, 1, 59_999),
  })
  .map(({ around, minutes, milliseconds }) => Date.parse(around) + minutes * MINUTE + milliseconds);

function worldAt(at: number, zone: string) {
  const near = fc.oneof(
    fc.constant(0),
    fc.integer({ min: -90, max: 90 }).map((n) => n * MINUTE),
    fc.integer({ min: -72, max: 72 }).map((n) => n * 60 * MINUTE),
  );
  const time = fc.oneof(
    near.map((offset) => new Date(at + offset).toISOString()),
    near.map((offset) => wall(at + offset, zone).text),
    // As if UTC were the wall's clock: now and then a time that the clock never shows.
    near.map((offset) => new Date(at + offset + 60 * MINUTE).toISOString().slice(0, 16)),
  );
  const hours = fc.record(
    {
      tz: fc.constantFrom(...ZONES),
      days: fc.uniqueArray(fc.constantFrom(...WEEK), { maxLength: 7 }),
      start: timeOfDay,
      end: timeOfDay,
    },
    { requiredKeys: ["days", "start", "end"] },
  );
  const rule = fc.record(
    {
      allow: projectsOrAll,
      except: fc.option(projects, { nil: undefined }),
      deny: fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: projectsOrAll }),
      from: time,
      until: time,
      hours,
    },
    { requiredKeys: ["except", "deny"] },
  );
  const rules = fc.oneof(rule, fc.array(rule, { maxLength: 3 }));
  const byId = (...ids: string[]) =>
    fc.dictionary(fc.constantFrom(...ids), rules, { maxKeys: 3, noNullPrototype: true });
  return fc.record({
    at: fc.constant(at),
    zone: fc.constant(zone),
    document: fc.record(
      {
        default: rules,
        groups: byId("3", "4", "constructor", "03", "３"),
        users: byId("41", "42", "3", "constructor", "041", " 41", "４１", "0"),
        usernames: byId("nora_k", "Nora_K", "NORA_K ", "ivan", "41", "nóra", "NO\u0301RA", "ｎｏｒａ_k"),
      },
      { requiredKeys: [] },
    ),
    question: fc.record(
      {
        projects: fc.uniqueArray(fc.constantFrom(...projectIds, ...spelled, "13"), { minLength: 1, maxLength: 4 }),
        userId: fc.constantFrom("41", "42", "constructor", "toString", "0041", "４１", "00"),
        username: fc.constantFrom("nora_k", "NORA_k", "Ivan", "valueOf", "no\u0301ra", "NÓRA", " nora_k"),
        groupId: fc.constantFrom("3", "4", "__proto__", "03"),
      },
      { requiredKeys: ["projects"] },
    ),
  });
}

const world = fc.record({ at: now, zone: fc.constantFrom(...ZONES) }).chain(({ at, zone }) => worldAt(at, zone));

test("every decision is the one that a plain reading of the document gives", { timeout: 120_000 }, () => {
  const seen = { allow: 0, deny: 0, none: 0 };
  fc.assert(
    fc.property(world, ({ at, zone, document, question }) => {
      const decisions = decideBy(document, question, new Date(at).toISOString(), zone);
      expect(decisions).toEqual(expected(document, question, at, zone));
      for (const { rule } of Object.values(decisions)) {
        seen[rule.endsWith("allow") ? "allow" : rule.endsWith("deny") ? "deny" : "none"]++;
      }
    }),
    { numRuns: RUNS },
  );
  expect(Math.min(seen.allow, seen.deny, seen.none)).toBeGreaterThan(RUNS / 20);
});

test("a further deny never grants anything, a further allow never takes anything away", { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(world, projectsOrAll, ({ at, zone, document, question }, extra) => {
      const time = new Date(at).toISOString();
      const withRule = (rule: ModelRule) => ({ ...document, default: [document.default ?? [], rule].flat() });
      const before = decideBy(document, question, time, zone);
      const denied = decideBy(withRule({ deny: extra }), question, time, zone);
      const allowed = decideBy(withRule({ allow: extra }), question, time, zone);
      for (const id of question.projects) {
        if (denied[id]?.granted) expect(before[id]?.granted).toBe(true);
        if (before[id]?.granted) expect(allowed[id]?.granted).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
