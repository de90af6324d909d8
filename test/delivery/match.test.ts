import { describe, expect, it } from "vitest";
import { wants } from "../../src/delivery/match.ts";
import { aDestination, anEvent } from "./event.ts";

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
