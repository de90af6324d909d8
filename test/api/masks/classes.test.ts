import { describe, expect, it } from "vitest";
import type * as z from "zod";
import { whatIsShown } from "../../../src/api/events/what-is-shown.ts";
import { type Classed, type Exposure, exposureOf } from "../../../src/api/masks/exposure.ts";
import { routes } from "../../../src/api/routes.ts";

/** Every place of an answer that may have more than numbers, times and closed words, and its class. */
function placesOf(exposure: Exposure, path = ""): [path: string, classed: Classed][] {
  const { all, text, items, members, entries } = exposure;
  return [
    ...[all, text].flatMap((classed): [string, Classed][] => (classed === undefined ? [] : [[path, classed]])),
    ...(items === undefined ? [] : placesOf(items, `${path}[]`)),
    ...[...(members ?? [])].flatMap(([name, member]) => placesOf(member, path === "" ? name : `${path}.${name}`)),
    ...(entries === undefined ? [] : placesOf(entries.names, `${path}{name}`)),
    ...(entries === undefined ? [] : placesOf(entries.values, `${path}{}`)),
  ];
}

const unclassed = (schema: z.ZodType) =>
  placesOf(exposureOf(schema)).flatMap(([path, classed]) => (classed === "unclassed" ? [path] : []));

describe("what an answer has is classed: say of a new member what it tells of (src/platform/shown.ts)", () => {
  // What only admins may ask for is shown to nobody else.
  it.each(Object.entries(routes).filter(([, { who }]) => who !== "admin"))("%s", (_route, { gives }) => {
    expect(unclassed(gives)).toEqual([]);
  });

  it("every part of every event", () => {
    expect(unclassed(whatIsShown)).toEqual([]);
  });
});

it("one operation alone answers in clear, and tells the audit of it", () => {
  expect(Object.entries(routes).flatMap(([route, { isClear }]) => (isClear ? [route] : []))).toEqual([
    "POST /api/events/:id/reveal",
  ]);
});

it("these places of an event are no persons'; whoever adds one has thought of it", () => {
  const open = placesOf(exposureOf(whatIsShown)).flatMap(([path, classed]) => (classed === "open" ? [path] : []));
  const inData = open.filter((path) => path.startsWith("data.")).map((path) => path.slice("data.".length));
  const named = ["client", "list", "campaign", "project", "tenant"];
  const texts = inData.filter((path) => !named.includes(path.split(".")[0] ?? ""));
  expect(texts.join(" ")).toBe(
    [
      "call.id call.directionLabel call.durations.total call.durations.queue call.durations.ivr call.durations.dialing",
      "call.durations.waiting call.durations.preview call.durations.talk call.durations.hold call.durations.wrap",
      "call.durations.idle call.durations.billable call.outcomeLabel call.resultId call.resultLabel call.endReason",
      "interaction.id interaction.channel agent.groupId agent.teamIds[] customer.attempts queue.name queue.position",
      "queue.flow disposition.id disposition.label disposition.outcomeLabel disposition.revenue disposition.levels[]",
      "status.currentLabel status.previousLabel status.previousSeconds status.reason message.id message.channel",
      "message.contentType message.status conversation.id conversation.channel conversation.outcomeLabel",
      "conversation.queues[] conversation.sla ticket.id ticket.number ticket.type ticket.status ticket.substatus",
      "ticket.changed[] payment.id payment.statusLabel payment.amount payment.currency payment.method payment.gateway",
      "user.current.groupId user.current.mobileProjectId user.current.registerTransport user.current.sampleRate",
      "user.current.messageLists[] user.previous.groupId user.previous.mobileProjectId user.previous.registerTransport",
      "user.previous.sampleRate user.previous.messageLists[] user.changed[] compliance.reason compliance.reasonLabel",
      "analysis.id analysis.score analysis.scoreLabel login.projects{name} login.rules{name} login.unreadable[]",
      "login.mapVersion login.answered{name} answer.kind incident.id incident.about.id incident.counts{name} incident.sentence",
      "incident.next warnings[]",
    ].join(" "),
  );
});
