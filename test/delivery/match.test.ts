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
});
