import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Incident } from "../../src/incidents/incident.ts";
import type { Sighting } from "../../src/incidents/sighting.ts";
import { isOpen, QUIET_MS, type Step, step } from "../../src/incidents/step.ts";

const MINUTE = 60_000;
const NOW = Date.parse("2026-11-20T09:00:00Z");

const failing: Sighting = {
  type: "relay.destination_failing",
  about: { kind: "destination", id: "crm" },
  since: NOW - MINUTE,
  afterMs: 0,
  counts: { waiting: 1 },
  sentence: "crm fails",
  next: "test it",
};

/** A watch that is told minute by minute what is seen; `"unknown"`: nothing could be looked at. */
function aWatch() {
  let watched: readonly Incident[] = [];
  let ids = 0;
  const told: Incident[] = [];
  const look = (now: number, sightings: readonly Sighting[] | "unknown"): Step => {
    const next = step(watched, {
      now,
      sightings: sightings === "unknown" ? [] : sightings,
      isKnown: () => sightings !== "unknown",
      newId: () => `inc_${ids++}`,
    });
    watched = next.watched;
    told.push(...next.told);
    return next;
  };
  return { look, told, watched: () => watched };
}

const states = (told: readonly Incident[]) => told.map(({ closed }) => (closed === undefined ? "opened" : "closed"));

describe("an incident", () => {
  it("opens at once, and says since when it is so", () => {
    const { look, told } = aWatch();
    look(NOW, [failing]);
    expect(told).toMatchObject([{ id: "inc_0", type: failing.type, since: NOW - MINUTE, opened: NOW }]);
  });

  it("closes when it was not seen for five minutes, and says from when on it was not so", () => {
    const { look, told } = aWatch();
    look(NOW, [failing]);
    for (let minute = 1; minute <= 5; minute += 1) look(NOW + minute * MINUTE, []);
    expect(states(told)).toEqual(["opened"]);
    look(NOW + 6 * MINUTE, []);
    expect(told.at(-1)).toMatchObject({ id: "inc_0", quiet: NOW + MINUTE, closed: NOW + 6 * MINUTE });
    look(NOW + 7 * MINUTE, []);
    expect(states(told)).toEqual(["opened", "closed"]);
  });

  it("that flaps a hundred times is told twice", () => {
    const { look, told } = aWatch();
    const quiet = (minutes: number) => Array.from({ length: minutes }, () => []);
    const minutes = Array.from({ length: 100 }, (_, time) => [[failing], ...quiet(time % 5)]).flat();
    [...minutes, ...quiet(10)].forEach((one, minute) => {
      look(NOW + minute * MINUTE, one);
    });
    expect(states(told)).toEqual(["opened", "closed"]);
    expect(new Set(told.map(({ id }) => id)).size).toBe(1);
  });

  it("that has to last is not told before, nor when it is over by then; gaps count", () => {
    const lasting = { ...failing, afterMs: 3 * MINUTE };
    const { look, told, watched } = aWatch();
    look(NOW, [lasting]);
    for (let minute = 1; minute <= 6; minute += 1) look(NOW + minute * MINUTE, []);
    expect([told, watched()]).toEqual([[], []]);
    look(NOW + 10 * MINUTE, [lasting]);
    look(NOW + 11 * MINUTE, []);
    look(NOW + 12 * MINUTE, [lasting]);
    expect(told).toEqual([]);
    look(NOW + 13 * MINUTE, [lasting]);
    expect(told).toMatchObject([{ opened: NOW + 13 * MINUTE, seen: NOW + 10 * MINUTE }]);
  });

  it("is not closed by minutes in which nobody could look", () => {
    const { look, told } = aWatch();
    look(NOW, [failing]);
    for (let minute = 1; minute <= 30; minute += 1) look(NOW + minute * MINUTE, "unknown");
    expect(states(told)).toEqual(["opened"]);
    look(NOW + 31 * MINUTE, []);
    look(NOW + 36 * MINUTE, []);
    expect(states(told)).toEqual(["opened", "closed"]);
  });

  it("tells what was seen of it last", () => {
    const { look, watched } = aWatch();
    look(NOW, [failing]);
    look(NOW + MINUTE, [{ ...failing, counts: { waiting: 9 }, sentence: "crm fails still" }]);
    expect(watched()).toMatchObject([{ counts: { waiting: 9 }, sentence: "crm fails still", since: NOW - MINUTE }]);
  });

  it("is one of 200 at most", () => {
    const { look, watched } = aWatch();
    const many = Array.from({ length: 300 }, (_, number) => ({
      ...failing,
      about: { kind: "destination" as const, id: String(number) },
    }));
    look(NOW, many);
    look(NOW + MINUTE, many.toReversed());
    expect(watched()).toHaveLength(200);
  });
});

describe("whatever is seen, minute by minute", () => {
  const about = fc.constantFrom("crm", "pager");
  const seen = fc.array(about, { maxLength: 3 });
  const minutes = fc.array(fc.oneof({ weight: 9, arbitrary: seen }, { weight: 1, arbitrary: fc.constant("unknown") }), {
    maxLength: 120,
  });
  const toSightings = (ids: readonly string[], afterMs: number) =>
    [...new Set(ids)].map((id): Sighting => ({ ...failing, about: { kind: "destination", id }, afterMs }));

  it("each incident opens once and closes once at most, and of one thing there is one at a time", () => {
    fc.assert(
      fc.property(minutes, fc.constantFrom(0, 2 * MINUTE), (all, afterMs) => {
        const { look, told, watched } = aWatch();
        all.forEach((one, minute) => {
          look(NOW + minute * MINUTE, typeof one === "string" ? "unknown" : toSightings(one, afterMs));
          const open = watched().map(({ about }) => about.id);
          expect(new Set(open).size).toBe(open.length);
        });
        for (const some of Map.groupBy(told, ({ id }) => id).values()) {
          expect(["opened", "opened closed"]).toContain(states(some).join(" "));
        }
        // Of one thing they are told in turn: one is closed before the next opens.
        for (const some of Map.groupBy(told, ({ about }) => about.id).values()) {
          expect(states(some).join(" ")).toMatch(/^(?:opened closed ?)*(?:opened)?$/);
        }
      }),
    );
  });

  it("what is quiet for long enough is closed, and what is seen is not", () => {
    fc.assert(
      fc.property(minutes, (all) => {
        const { look, watched } = aWatch();
        all.forEach((one, minute) => {
          look(NOW + minute * MINUTE, typeof one === "string" ? "unknown" : toSightings(one, 0));
          if (typeof one === "string") return;
          for (const id of one)
            expect(watched().some((incident) => incident.about.id === id && isOpen(incident))).toBe(true);
        });
        const end = NOW + all.length * MINUTE;
        look(end, []);
        look(end + QUIET_MS, []);
        expect(watched()).toEqual([]);
      }),
    );
  });
});
