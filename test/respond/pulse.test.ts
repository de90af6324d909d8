import { describe, expect, it } from "vitest";
import { Pulse, pulseOf } from "../../src/respond/pulse.ts";
import { aResponder } from "./responder.ts";

const LIMIT = 1500;
const start = Date.parse("2026-11-27T09:00:00Z");
const at = (seconds: number) => start + seconds * 1000;

function failing(times: number, seconds = 0): Pulse {
  const pulse = new Pulse();
  for (let n = 0; n < times; n++) pulse.note(false, "usual", at(seconds), at(seconds));
  return pulse;
}

describe("a responder", () => {
  it("is asked as long as fewer than five questions in a row have failed", () => {
    expect(failing(4).take(at(0), LIMIT)).toBe("usual");
    expect(failing(5).take(at(0), LIMIT)).toBeUndefined();
    const pulse = failing(4);
    pulse.note(true, "usual", at(0), at(0));
    pulse.note(false, "usual", at(0), at(0));
    expect(pulse.take(at(0), LIMIT)).toBe("usual");
  });

  it("that is dead is tried every five seconds, by one question at a time", () => {
    const pulse = failing(5);
    expect(pulse.take(at(4.9), LIMIT)).toBeUndefined();
    expect(pulse.take(at(5), LIMIT)).toBe("trial");
    expect(pulse.take(at(5.1), LIMIT)).toBeUndefined();
    pulse.note(false, "trial", at(5), at(6.5));
    expect(pulse.take(at(9.9), LIMIT)).toBeUndefined();
    expect(pulse.take(at(10), LIMIT)).toBe("trial");
  });

  it("that takes longer than five seconds to fail is not tried twice at once", () => {
    const pulse = failing(5);
    expect(pulse.take(at(5), 10_000)).toBe("trial");
    expect(pulse.take(at(14), 10_000)).toBeUndefined();
    pulse.note(false, "trial", at(5), at(15));
    expect(pulse.take(at(15), 10_000)).toBe("trial");
  });

  it("is tried again, too, when a trial ended together with its request", () => {
    const pulse = failing(5);
    expect(pulse.take(at(5), LIMIT)).toBe("trial");
    expect(pulse.take(at(11.4), LIMIT)).toBeUndefined();
    expect(pulse.take(at(11.5), LIMIT)).toBe("trial");
  });

  it("is asked by everybody again as soon as anybody was answered", () => {
    const pulse = failing(5);
    expect(pulse.take(at(5), LIMIT)).toBe("trial");
    pulse.note(true, "trial", at(5), at(5.1));
    expect(pulse.take(at(5.1), LIMIT)).toBe("usual");
    const other = failing(9);
    other.note(true, "usual", at(0), at(1));
    expect(other.take(at(1), LIMIT)).toBe("usual");
  });

  it("is not tried earlier because of questions that were under way when it died", () => {
    const pulse = failing(5);
    expect(pulse.take(at(5), LIMIT)).toBe("trial");
    pulse.note(false, "usual", at(0), at(5.5));
    expect(pulse.take(at(6), LIMIT)).toBeUndefined();
  });

  it("has a pulse of its own, also as another version of itself", () => {
    const one = aResponder();
    expect(pulseOf(one)).toBe(pulseOf(one));
    expect(pulseOf(one)).not.toBe(pulseOf({ ...one }));
  });
});
