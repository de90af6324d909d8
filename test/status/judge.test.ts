import { describe, expect, it } from "vitest";
import type { DestinationFacts, Facts, LogFacts, SourceFacts } from "../../src/status/facts.ts";
import { finding } from "../../src/status/finding.ts";
import { judge } from "../../src/status/judge.ts";
import { findingKind } from "../../src/status/kinds.ts";

const NOW = Date.parse("2026-11-20T09:10:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const log: LogFacts = {
  cron: NOW - 30_000,
  lately: NOW - 70 * MINUTE,
  sources: [],
  destinations: [],
  refused: [],
  lastFailure: undefined,
  spool: { waiting: 0, more: false, oldest: undefined },
  queued: { messages: 0, oldest: undefined },
  travelling: { messages: 0, oldest: undefined },
  limits: [],
};
const well: Facts = {
  now: NOW,
  at: "https://relay.example.com",
  config: { state: "ready", faults: [], faulty: [] },
  settings: [],
  unset: [],
  maps: [],
  log,
};
const crm: DestinationFacts = {
  id: "crm",
  paused: undefined,
  breaker: { state: "closed", failures: 0 },
  waiting: 0,
  oldest: undefined,
  dead: { deliveries: 0, more: false, oldest: undefined },
};
const acme: SourceFacts = {
  id: "acme",
  last: NOW,
  weeks: 0,
  silentAfterMinutes: undefined,
  failed: 0,
  questions: { asked: 0, unanswered: 0 },
};
const fault = { path: "destinations.crm.mask", message: "no such path" };

const withLog = (some: Partial<LogFacts>): Partial<Facts> => ({ log: { ...log, ...some } });
const at = (some: Partial<DestinationFacts>) => withLog({ destinations: [{ ...crm, ...some }] });
const from = (some: Partial<SourceFacts>) => withLog({ sources: [{ ...acme, ...some }] });
const items = (facts: Partial<Facts>) => judge({ ...well, ...facts }).items;

describe("a relay is judged", () => {
  it("to be well where nothing is wrong, whatever waits for its turn", () => {
    expect(judge(well)).toEqual({ verdict: "ok", sentence: "All is well; nothing waits.", items: [] });
    expect(judge({ ...well, ...at({ waiting: 2, oldest: NOW - MINUTE }) })).toMatchObject({
      verdict: "ok",
      sentence: "All is well; 2 deliveries are under way.",
    });
  });

  it("to need nobody for dead letters that somebody has left", () => {
    const dead = { deliveries: 3, more: false, oldest: NOW - 100 * HOUR };
    expect(items(at({ dead }))).toMatchObject([{ kind: "dead_letters", subject: "crm" }]);
    expect(items(at({ dead: { ...dead, isLeft: true } }))).toEqual([]);
  });

  it.each<[string, Partial<Facts>, string, string, string]>([
    ["log_unreadable", { log: undefined }, "relay", "its database cannot be read", "npm run deploy"],
    ["cron_late", withLog({ cron: NOW - 10 * MINUTE }), "relay", "cron ran last 10 minutes ago", "npm run deploy"],
    ["cron_late", withLog({ cron: undefined }), "relay", "cron has not run yet", "wait a minute"],
    [
      "config_unreadable",
      { config: { ...well.config, state: "unreadable" } },
      "relay",
      "no configuration",
      "config push",
    ],
    [
      "config_invalid",
      { config: { ...well.config, faults: [fault] } },
      "relay",
      "destinations.crm.mask: no such path",
      "config push a valid one --url",
    ],
    [
      "config_faulty",
      { config: { ...well.config, faulty: [fault, fault] } },
      "relay",
      "and 1 other fault",
      "config pull relay.json --url",
    ],
    [
      "permissions_missing",
      { maps: [{ source: "acme", state: "missing", faults: [], faulty: [] }] },
      "acme",
      "the permission map of acme is missing",
      "permissions push permissions/acme.json --source acme --url https://relay.example.com",
    ],
    [
      "permissions_unreadable",
      { maps: [{ source: "acme", state: "unreadable", faults: [], faulty: [] }] },
      "acme",
      "cannot be read",
      "npx wrangler tail",
    ],
    [
      "permissions_invalid",
      { maps: [{ source: "acme", state: "ready", faults: [fault], faulty: [] }] },
      "acme",
      "passed over",
      "check",
    ],
    [
      "permissions_faulty",
      { maps: [{ source: "acme", state: "ready", faults: [], faulty: [fault] }] },
      "acme",
      "is faulty",
      "check",
    ],
    [
      "permissions_faulty",
      {
        maps: [
          {
            source: "acme",
            state: "ready",
            faults: [],
            faulty: [{ path: "usernames.nora.smith.0.from", message: "not an ISO time" }],
          },
        ],
      },
      "acme",
      "the permission map of acme is faulty: usernames.…: not an ISO time",
      "check",
    ],
    [
      "secret_unset",
      {
        unset: [
          { name: "KEY", path: "a.b" },
          { name: "KEY", path: "c" },
        ],
      },
      "KEY",
      "KEY is not set, and a.b, c need it",
      "npx wrangler secret put KEY --config wrangler.<name>.json",
    ],
    ["secret_unset", { at: undefined, unset: [{ name: "KEY", path: "a" }] }, "KEY", "a needs it", ".dev.vars"],
    ["admin_token_short", { settings: ["admin_token_short"] }, "relay", "ADMIN_TOKEN is short", "openssl"],
    [
      "dead_letters",
      at({ dead: { deliveries: 12, more: false, oldest: NOW - 5 * HOUR } }),
      "crm",
      "crm did not take 12 deliveries, given up for good, the oldest accepted 5 hours ago",
      "npx hookswitch replay --dry-run --state dead --destination crm --url https://relay.example.com",
    ],
    [
      "breaker_open",
      at({
        waiting: 3,
        oldest: NOW - HOUR,
        breaker: { state: "open", failures: 7, since: NOW - HOUR, nextProbe: NOW + 5 * MINUTE },
      }),
      "crm",
      "crm fails: 7 failures in a row; 3 deliveries wait, the oldest for 60 minutes; the next probe in 5 minutes",
      "destinations test crm",
    ],
    [
      "breaker_open",
      at({ breaker: { state: "half_open", failures: 5, nextProbe: NOW } }),
      "crm",
      "a probe is due now",
      "test",
    ],
    [
      "destination_paused",
      at({ paused: { reason: "operator", since: NOW } }),
      "crm",
      "is paused (by operator); 0",
      "destinations resume crm",
    ],
    ["destination_paused", at({ paused: { reason: "status_410", since: NOW } }), "crm", "it is gone", "resume"],
    [
      "destination_paused",
      at({ paused: { reason: "configuration", since: undefined } }),
      "crm",
      "in the configuration",
      '"paused": false',
    ],
    [
      "destination_paused",
      at({ paused: { reason: "faulty_mask", since: undefined } }),
      "crm",
      "until its mask is mended",
      "config pull",
    ],
    [
      "waiting_long",
      at({ waiting: 1, oldest: NOW - 61 * MINUTE }),
      "crm",
      "crm is behind: 1 delivery waits, the oldest for 61 minutes",
      "destinations crm",
    ],
    [
      "source_silent",
      from({ last: NOW - 130 * MINUTE, weeks: 2 }),
      "acme",
      "nothing has come from acme for 2 hours",
      "rejections --source acme",
    ],
    [
      "source_silent",
      from({ last: NOW - 31 * MINUTE, silentAfterMinutes: 30 }),
      "acme",
      "for 31 minutes",
      "rejections",
    ],
    [
      "source_silent",
      from({ last: undefined, silentAfterMinutes: 30 }),
      "acme",
      "nothing has come from acme yet",
      "url acme",
    ],
    [
      "responder_failing",
      from({ questions: { asked: 9, unanswered: 5 } }),
      "acme",
      "5 of the 9 questions of acme got no answer from its responder lately",
      "npx hookswitch events --source acme --type sync.answered --url https://relay.example.com",
    ],
    ["webhooks_failed", from({ failed: 2 }), "acme", "2 webhooks of acme became no event", "docs/operations.md"],
    [
      "requests_refused",
      withLog({ refused: [{ source: "acme", reason: "wrong_key", times: 12 }] }),
      "acme",
      "12 requests of acme were refused: wrong_key",
      "rejections --source acme",
    ],
    [
      "requests_refused",
      withLog({ refused: [{ source: "*", reason: "unknown_source", times: 1 }] }),
      "*",
      "1 request came for sources",
      "rejections",
    ],
    [
      "spool_waiting",
      withLog({ spool: { waiting: 1000, more: true, oldest: NOW } }),
      "relay",
      "1000 or more webhooks wait in the database",
      "cron",
    ],
    [
      "log_behind",
      withLog({ travelling: { messages: 4, oldest: undefined } }),
      "relay",
      "4 webhooks wait for the database",
      "tail",
    ],
    [
      "log_behind",
      withLog({ queued: { messages: 9, oldest: NOW - 3 * MINUTE } }),
      "relay",
      "9 webhooks wait in the queue",
      "tail",
    ],
    [
      "limit_near",
      withLog({ limits: [{ limit: "database", sentence: "the database is full" }] }),
      "database",
      "the database is full",
      "docs/operations.md",
    ],
  ])("%s", (kind, facts, subject, sentence, next) => {
    const [item, ...others] = items(facts);
    expect(others).toEqual([]);
    expect(item).toMatchObject({ kind, subject });
    expect(item?.sentence).toContain(sentence);
    expect(item?.next).toContain(next);
    expect(finding.parse(item)).toEqual(item);
    expect(item?.next).not.toMatch(/[@%#]/);
  });

  it.each<[string, Partial<Facts>]>([
    ["a source that is silent in an hour in which it mostly is", from({ last: NOW - 130 * MINUTE, weeks: 1 })],
    ["a source whose last webhook came in the hour that is over", from({ last: NOW - 65 * MINUTE, weeks: 4 })],
    ["a source that was never heard of, and of which nobody said how long it may be silent", from({ last: undefined })],
    ["what waits for an hour", at({ waiting: 1, oldest: NOW - 59 * MINUTE })],
    ["what just came into the queue", withLog({ queued: { messages: 9, oldest: NOW - MINUTE } })],
    ["what the log is about to take", withLog({ travelling: { messages: 9, oldest: NOW - MINUTE } })],
    ["a gate that was not asked", at({ breaker: undefined })],
  ])("to be well with %s", (_, facts) => {
    expect(items(facts)).toEqual([]);
  });

  it("to be well where a responder has no answer now and then", () => {
    for (const questions of [
      { asked: 10, unanswered: 5 },
      { asked: 4, unanswered: 4 },
    ]) {
      expect(items(from({ questions }))).toEqual([]);
    }
  });

  it("with the worst first, and says the worst", () => {
    const many: Facts = {
      ...well,
      settings: ["relay_key_missing"],
      unset: [{ name: "KEY", path: "a" }],
      log: {
        ...log,
        limits: [{ limit: "database", sentence: "full" }],
        refused: [{ source: "acme", reason: "wrong_key", times: 1 }],
        destinations: [
          { ...crm, id: "bi", paused: { reason: "operator", since: NOW } },
          {
            ...crm,
            breaker: { state: "open", failures: 5 },
            dead: { deliveries: 1, more: false, oldest: NOW - 3 * 24 * HOUR },
          },
        ],
      },
    };
    const { verdict, sentence, items } = judge(many);
    expect(verdict).toBe("attention");
    expect(sentence).toBe(
      "7 things need somebody; the worst: crm did not take 1 delivery, given up for good, the oldest accepted 3 days ago.",
    );
    const kinds = items.map(({ kind }) => kind);
    expect(kinds).toEqual([
      "dead_letters",
      "breaker_open",
      "destination_paused",
      "requests_refused",
      "secret_unset",
      "limit_near",
      "relay_key_missing",
    ]);
    expect(kinds).toEqual(findingKind.options.filter((kind) => kinds.includes(kind)));
    expect(judge({ ...many, log: { ...log, cron: undefined } })).toMatchObject({
      verdict: "broken",
      sentence: "It does not work: cron has not run yet; 3 things need somebody.",
    });
  });
});
