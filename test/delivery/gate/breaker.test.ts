import { describe, expect, it } from "vitest";
import {
  type Breaker,
  closedBreaker,
  learn,
  passageAt,
  type Sign,
  startProbe,
} from "../../../src/delivery/gate/breaker.ts";

const NOW = Date.parse("2026-11-20T09:00:00Z");
const MINUTE = 60_000;
const seen = (signs: readonly Sign[], from: Breaker = closedBreaker) =>
  signs.reduce((breaker, sign) => learn(breaker, sign, false, NOW), from);
const opened = seen(["bad", "bad", "bad", "bad", "bad"]);
const half = opened.openUntil;

describe("a closed breaker", () => {
  it.each<[string, readonly Sign[], "closed" | "open"]>([
    ["nothing", [], "closed"],
    ["four failures", ["bad", "bad", "bad", "bad"], "closed"],
    ["five failures in a row", ["bad", "bad", "bad", "bad", "bad"], "open"],
    ["failures with an answer between", ["bad", "bad", "bad", "bad", "good", "bad", "bad", "bad", "bad"], "closed"],
    ["five failures with unsent ones between", ["bad", "nothing", "bad", "bad", "nothing", "bad", "bad"], "open"],
    ["nothing sent, however often", ["nothing", "nothing", "nothing", "nothing", "nothing", "nothing"], "closed"],
    ["an answer after it opened", ["bad", "bad", "bad", "bad", "bad", "good"], "closed"],
  ])("after %s it is as it should be", (_, signs, state) => {
    expect(seen(signs).openUntil === 0 ? "closed" : "open").toBe(state);
    expect(passageAt(seen(signs), false, NOW).kind).toBe(state === "open" ? "none" : "all");
  });
});

describe("an open breaker", () => {
  it("lets nobody pass for five seconds, chosen or not", () => {
    expect(half).toBe(NOW + 5000);
    for (const chosen of [true, false]) {
      expect(passageAt(opened, chosen, half - 1)).toEqual({ kind: "none", retryAt: half });
    }
  });

  it("then lets the chosen delivery pass as a probe, and after ten more seconds any", () => {
    expect(passageAt(opened, true, half)).toEqual({ kind: "probe" });
    expect(passageAt(opened, false, half)).toEqual({ kind: "none", retryAt: half + 10_000 });
    expect(passageAt(opened, false, half + 10_000)).toEqual({ kind: "probe" });
  });

  it("lets a probe pass also when the clock that opened it was a day ahead", () => {
    const ahead = { ...opened, openUntil: half + 24 * 60 * MINUTE };
    expect(passageAt(ahead, false, half)).toEqual({ kind: "probe" });
  });

  it("lets no second probe pass while one is under way, but does when that is lost", () => {
    const probing = startProbe(opened, half + 20_000);
    expect(passageAt(probing, true, half + 1)).toEqual({ kind: "none", retryAt: half + 20_000 });
    expect(passageAt(probing, true, half + 20_000)).toEqual({ kind: "probe" });
  });

  it("is not prolonged by what was sent before it opened", () => {
    expect(learn(opened, "bad", false, NOW + 4000)).toEqual(opened);
  });

  it("opens for five seconds in its first minute, then twice as long with each probe that fails, up to a quarter of an hour", () => {
    const pauses: number[] = [];
    let breaker = opened;
    for (let probe = 0; probe < 21; probe += 1) {
      const at = breaker.openUntil;
      breaker = learn(startProbe(breaker, at + MINUTE), "bad", true, at);
      pauses.push((breaker.openUntil - at) / 1000);
      expect(passageAt(breaker, true, at)).toMatchObject({ kind: "none" });
    }
    const often = Array.from({ length: 11 }, () => 5);
    expect(pauses).toEqual([...often, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900]);
  });

  it("is closed by a probe that is answered, and begins anew after that", () => {
    const closed = learn(startProbe(opened, half + MINUTE), "good", true, half);
    expect(closed).toEqual(closedBreaker);
    expect(seen(["bad", "bad", "bad", "bad", "bad"], closed).pause).toBe(5000);
  });

  it("lets the next probe pass at once when one could not be sent", () => {
    const unsent = learn(startProbe(opened, half + MINUTE), "nothing", true, half);
    expect(passageAt(unsent, true, half)).toEqual({ kind: "probe" });
  });
});
