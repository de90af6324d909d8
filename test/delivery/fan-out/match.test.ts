import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mayWant, wants } from "../../../src/delivery/fan-out/match.ts";
import { parseJson } from "../../../src/events/json.ts";
import { aDestination, anEvent } from "../event.ts";

const event = anEvent({
  campaign: { id: "7" },
  agent: { teamIds: ["4", "9"] },
  payment: { amount: 250 },
  user: { current: { active: true } },
});

describe("wants", () => {
  it.each([
    [{}, true],
    [{ events: ["*"] }, true],
    [{ events: ["call.*"] }, true],
    [{ events: ["call.completed"] }, true],
    [{ events: ["user.updated", "call.completed"] }, true],
    [{ events: ["user.*"] }, false],
    [{ events: [] }, false],
    [{ sources: ["acme"] }, true],
    [{ sources: ["other"] }, false],
    [{ where: { "data.campaign.id": ["7", "11"] } }, true],
    [{ where: { "data.campaign.id": [7] } }, true],
    [{ where: { "data.campaign.id": ["11"] } }, false],
    [{ where: { "data.campaign.name": ["x"] } }, false],
    [{ where: { "data.payment.amount": ["250"] } }, true],
    [{ where: { "data.user.current.active": [true] } }, true],
    [{ where: { "data.agent.teamIds": ["9"] } }, true],
    [{ where: { vendor: ["voiso"], "data.campaign.id": ["7"] } }, true],
    [{ where: { vendor: ["voiso"], "data.campaign.id": ["8"] } }, false],
    [{ where: { "data.campaign": ["[object Object]"] } }, false],
    [{ where: { "data.constructor.name": ["Object"] } }, false],
  ])("%j: %s", (document, wanted) => {
    expect(wants(aDestination(document), event)).toBe(wanted);
  });

  it.each([
    ["24900.50", "24900.50", true],
    ["24900.50", "24900.5", true],
    ["24900.00", "24900", true],
    ["1e3", "1000", true],
    ["9007199254740993", "9007199254740993", true],
    ["9007199254740993", "9007199254740992", false],
    ["0.1000000000000000055511151231257827", "0.1", false],
    ["1e400", "Infinity", false],
  ])("a number sent as %s is matched by %s: %s", (amount, value, wanted) => {
    const paid = anEvent({ payment: { amounts: [JSON.rawJSON(amount)] } });
    expect(wants(aDestination({ where: { "data.payment.amounts": [value] } }), paid)).toBe(wanted);
  });
});

describe("where, of numbers", () => {
  const wantsNumber = (written: string, values: readonly string[]) => {
    const events = [
      anEvent({ customer: { fields: { loan: parseJson(written) } } }),
      anEvent({ customer: { fields: { loan: [parseJson("0.1"), parseJson(written)] } } }),
      anEvent({ customer: { fields: { loan: JSON.rawJSON(written) } } }),
    ];
    const answers = events.map((one) => wants(aDestination({ where: { "data.customer.fields.loan": values } }), one));
    expect(new Set(answers).size).toBe(1);
    return answers[0];
  };

  it.each([
    ["9007199254740993", "9007199254740993", true],
    ["9007199254740993", "9007199254740992", false],
    ["9007199254740992", "9007199254740993", false],
    ["-9007199254740993", "-9007199254740993", true],
    ["12345678901234567890.5", "12345678901234567890.50", true],
    ["1.50", "1.5", true],
    ["1.5", "1.50", true],
    ["15e-1", "1.5", true],
    ["0.15E+1", "1.5", true],
    ["1.0", "1", true],
    ["100", "1e2", true],
    ["-0", "0", true],
    ["0.000", "0e9", true],
    ["-1", "1", false],
    ["1e400", "1e401", false],
    ["1e400", "10e399", true],
    ["1e99999999999999999999", "1e99999999999999999999", true],
    ["1e99999999999999999999", "1e99999999999999999998", false],
    ["7", "007", false],
    ["7", "+7", false],
    ["7", " 7", false],
    ["7", "7.", false],
    ["7", "", false],
    ["16", "0x10", false],
  ])("%s sent is %s configured: %s", (sent, configured, wanted) => {
    expect(wantsNumber(sent, ["text", configured])).toBe(wanted);
  });

  it("match by value, in whatever spelling, and never by their neighbour", () => {
    const digits = fc.bigInt({ min: 1n, max: 10n ** 30n });
    fc.assert(
      fc.property(digits, fc.nat(8), fc.nat(8), fc.boolean(), (number, zeros, shift, negative) => {
        const sign = negative ? "-" : "";
        const spelled = `${sign}${number}${"0".repeat(zeros)}.0${"0".repeat(shift)}e-${zeros}`;
        expect(wantsNumber(spelled, [`${sign}${number}`])).toBe(true);
        expect(wantsNumber(spelled, [`${sign}${number + 1n}`, `${negative ? "" : "-"}${number}`])).toBe(false);
      }),
    );
  });

  it("are not matched by texts, which match as they are written", () => {
    const sent = anEvent({ campaign: { id: "1.50" }, raw: { n: JSON.rawJSON("1.50") } });
    expect(wants(aDestination({ where: { "data.campaign.id": ["1.5"] } }), sent)).toBe(false);
    expect(wants(aDestination({ where: { "data.campaign.id": ["1.50"] } }), sent)).toBe(true);
    expect(wants(aDestination({ where: { "data.raw.n": ["1.5"] } }), sent)).toBe(true);
  });
});

describe("mayWant", () => {
  /** A destination that counts how often it is asked what it wants. */
  const counted = (document: object) => {
    const destination = aDestination(document);
    let looks = 0;
    const watched = Object.defineProperty({ ...destination }, "events", {
      get: () => {
        looks += 1;
        return destination.events;
      },
    });
    return { destination: watched, looks: () => looks };
  };

  it("looks at a destination once for a type of a source, however many events come", () => {
    const [other, wanting] = [counted({ events: ["user.*"] }), counted({ events: ["call.*"] })];
    const destinations = [other.destination, wanting.destination];
    for (let n = 0; n < 10; n++) expect(mayWant(destinations, event)).toEqual([wanting.destination]);
    expect(other.looks()).toBe(1);
    mayWant(destinations, anEvent({}, { source: "/sources/other" }));
    expect(other.looks()).toBe(2);
  });

  it("leaves out nobody who wants an event, and knows each configuration for itself", () => {
    const documents = [{}, { events: [] }, { sources: ["other"] }, { where: { vendor: ["voiso"] } }];
    const destinations = documents.map((document) => aDestination(document));
    const wanting = destinations.filter((destination) => wants(destination, event));
    expect(mayWant(destinations, event)).toEqual(expect.arrayContaining(wanting));
    expect(mayWant(destinations.slice(1, 3), event)).toEqual([]);
  });

  it("keeps one that cannot be judged", () => {
    const broken = Object.defineProperty({ ...aDestination({}) }, "events", {
      get: () => {
        throw new TypeError("not a list");
      },
    });
    expect(mayWant([broken], event)).toEqual([broken]);
  });
});
