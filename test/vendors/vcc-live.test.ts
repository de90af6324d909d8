import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "../../src/events/json.ts";
import { dataSchema } from "../../src/events/types.ts";
import { parseForm } from "../../src/intake/form.ts";
import type { SourceSettings } from "../../src/vendors/source-settings.ts";
import { account } from "../../src/vendors/vcc-live/account.ts";
import { clientData } from "../../src/vendors/vcc-live/customer.ts";
import { disposition as dispositionObject } from "../../src/vendors/vcc-live/disposition.ts";
import { vccLive } from "../../src/vendors/vcc-live/index.ts";
import { kinds } from "../../src/vendors/vcc-live/kinds.ts";
import { transaction } from "../../src/vendors/vcc-live/payment-transaction.ts";
import { ticket } from "../../src/vendors/vcc-live/ticket.ts";
import { line } from "../../src/vendors/vcc-live/transcript.ts";
import {
  assessmentOf,
  chatOutcomeOf,
  directionOf,
  paymentStatusOf,
  ticketTypeOf,
} from "../../src/vendors/vcc-live/words.ts";
import type { Webhook } from "../../src/vendors/vendor.ts";

const source: SourceSettings = { id: "vcc", timezone: "Europe/Budapest" };
const receivedAt = Date.parse("2024-05-21T08:20:00Z");

function webhook(kind: string | undefined, text: string): Webhook {
  return { kind, body: parseJson(text), receivedAt };
}

const read = (kind: string | undefined, text: string, settings = source) =>
  vccLive.normalize(webhook(kind, text), settings);

describe("a disposition", () => {
  it("has no label when it is JSON text, as a form may have it", () => {
    const body = parseForm(new URLSearchParams({ numberid: "1", disposition: '{"id":9,"name":"Promise"}' })).body;
    const { data } = vccLive.normalize({ kind: "call-disposition", body, receivedAt }, source);
    expect(data).toHaveProperty("disposition.label", undefined);
  });
});

describe("words", () => {
  it.each([
    ["in_progress", "pending"],
    ["successful", "succeeded"],
    ["succesful", "succeeded"],
    ["unsuccessful", "failed"],
    ["unsuccesful", "failed"],
    ["refunded", undefined],
    ["constructor", undefined],
    [undefined, undefined],
  ])("a payment that is %s is %s", (word, status) => {
    expect(paymentStatusOf(word)).toBe(status);
  });

  it.each([
    ["success", "reached"],
    ["ordered", "goal"],
    ["failed", "not_reached"],
    ["other", undefined],
  ])("the assessment %s means %s", (word, outcome) => {
    expect(assessmentOf(word)).toBe(outcome);
  });

  it.each([
    ["completed", "answered"],
    ["lost", "abandoned"],
    ["missed", "missed"],
    ["closed", undefined],
  ])("a chat that is %s was %s", (word, outcome) => {
    expect(chatOutcomeOf(word)).toBe(outcome);
  });

  it.each([
    ["add", "ticket.created"],
    ["update", "ticket.updated"],
    ["delete", "ticket.deleted"],
    ["close", "ticket.updated"],
    [undefined, "ticket.updated"],
  ])("the ticket action %s makes %s", (action, type) => {
    expect(ticketTypeOf(action)).toBe(type);
  });

  it.each([
    ["in", "inbound"],
    ["OUT", "outbound"],
    ["sideways", undefined],
  ])("the direction %s is %s", (word, direction) => {
    expect(directionOf(word)).toBe(direction);
  });
});

describe("login questions", () => {
  const base = { userId: 41, username: "nora_k", groupId: 3 };

  it.each([
    ["an array", [11, 12]],
    ["an array of texts", ["11", "12"]],
    ["comma text", "11, 12"],
    ["JSON text", "[11,12]"],
    ["PHP's numbered object", { "0": 11, "1": 12 }],
    ["an object with other names", { a: 11, b: 12 }],
  ])("secondary projects come as %s", (_form, secondaryProjectIds) => {
    const question = vccLive.question({ ...base, projectId: 7, secondaryProjectIds });
    expect(question).toEqual({ projects: ["7", "11", "12"], userId: "41", username: "nora_k", groupId: "3" });
  });

  it.each([
    "projectId=7&userId=41&username=nora_k&groupId=3&secondaryProjectIds[0]=11&secondaryProjectIds[1]=12",
    "projectId=7&userId=41&username=nora_k&groupId=3&secondaryProjectIds[]=11&secondaryProjectIds[]=12",
    "projectId=7&userId=41&username=nora_k&groupId=3&secondaryProjectIds=11&secondaryProjectIds=12",
    "projectId=7&userId=41&username=nora_k&groupId=3&secondaryProjectIds=11,12",
    "projectid=7&userid=41&username=nora_k&groupid=3&secondaryprojectids=%5B11%2C12%5D",
    "projectId=7&projectId=11&userId=41&username=nora_k&groupId=3&secondaryProjectIds=12",
  ])("a query asks about the same projects: %s", (query) => {
    const question = vccLive.question(parseForm(new URLSearchParams(query)).body);
    expect(question).toEqual({ projects: ["7", "11", "12"], userId: "41", username: "nora_k", groupId: "3" });
  });

  it("every project is asked about once, the primary first", () => {
    expect(vccLive.question({ projectId: 7, secondaryProjectIds: [11, "7", 11, 0] })?.projects).toEqual([
      "7",
      "11",
      "0",
    ]);
  });

  it("ids keep digits that a double cannot hold", () => {
    const body = parseJson(
      '{"projectId":90071992547409931,"userId":90071992547409933,"secondaryProjectIds":[90071992547409935]}',
    );
    expect(vccLive.question(body)).toMatchObject({
      projects: ["90071992547409931", "90071992547409935"],
      userId: "90071992547409933",
    });
  });

  it.each([
    [["userId"], { ...base, userId: [41] }],
    [["userId"], { ...base, userid: 41 }],
    [["username", "groupId"], { ...base, username: {}, groupId: 3.5 }],
    [["projectId"], { ...base, projectId: { id: 7 } }],
    [["secondaryProjectIds"], { ...base, projectId: 7, secondaryProjectIds: [11, null] }],
    [["projectId", "secondaryProjectIds", "userId"], { projectId: true, secondaryProjectIds: "x y", userId: "41.0" }],
  ])("what cannot be read for certain is told by name: %j", (unreadable, body) => {
    expect(vccLive.question(body)?.unreadable).toEqual(unreadable);
  });

  it("what cannot be read is not told as what it might be", () => {
    expect(vccLive.question({ projectId: 7, userId: "41.0", username: "nora_k", groupId: [3] })).toEqual({
      projects: ["7"],
      username: "nora_k",
      unreadable: ["userId", "groupId"],
    });
  });

  it("parameters that were left out, and names that stood twice, are told as well", () => {
    const body = { ...base, projectId: 7 };
    const told = (sent: Parameters<typeof vccLive.question>[1]) => vccLive.question(body, sent)?.unreadable;
    expect(told({ dropped: 0, repeated: [["customData"], ["customData", "userId"]] })).toBeUndefined();
    expect(told({ dropped: 2, repeated: [] })).toEqual(["parameters"]);
    expect(told({ dropped: 0, repeated: [["user_id"]] })).toEqual(["userId"]);
    expect(told({ dropped: 0, repeated: [["secondaryProjectIds", "3"]] })).toEqual(["secondaryProjectIds"]);
    expect(told({ dropped: 0, repeated: [[]] })).toHaveLength(5);
  });

  it("an object may name nobody and nothing", () => {
    expect(vccLive.question({})).toEqual({ projects: [], userId: undefined, username: undefined, groupId: undefined });
  });

  it.each([[null], [[]], ["projectId"], [7]])("%j is no question", (body) => {
    expect(vccLive.question(body)).toBeUndefined();
    expect(vccLive.asks(body)).toBe(false);
  });

  it.each([
    [true, { projectId: 7, username: "nora_k", secondaryProjectIds: [] }],
    [true, { projectid: "7", userid: "41", secondaryprojectids: "" }],
    [false, { projectId: 7, username: "nora_k" }],
    [false, { projectId: 7, secondaryProjectIds: [11] }],
    [false, { username: "nora_k", secondaryProjectIds: [11] }],
  ])("without a kind, %s: %j", (asks, body) => {
    expect(vccLive.asks(body)).toBe(asks);
  });

  it("a decision carries the answer", () => {
    const login = {
      granted: false,
      projects: { "7": true, "11": false },
      rules: { "7": "default allow", "11": "none" },
    };
    const asked = webhook("project-login", '{"projectId":7,"userId":41,"secondaryProjectIds":[11]}');
    expect(vccLive.normalize({ ...asked, login }, source)).toMatchObject({
      type: "login.decided",
      subject: "agent/41",
      data: { login, project: { id: "7" } },
    });
  });

  it("an answered question is a decision under an unknown kind, too", () => {
    const login = { granted: true, projects: { "7": true } };
    const asked = webhook("login", '{"projectId":7,"userId":41,"secondaryProjectIds":[]}');
    expect(vccLive.normalize({ ...asked, login }, source)).toMatchObject({
      type: "login.decided",
      warnings: ["unknown_kind"],
    });
  });
});

describe("reading", () => {
  it("a zoneless time without a configured zone is UTC, with a warning", () => {
    const draft = read("call-disposition", '{"numberid":1,"create_time":"2024-05-21 10:14:09"}', { id: "vcc" });
    expect(draft).toMatchObject({ time: { at: "2024-05-21T10:14:09Z" }, warnings: ["timezone_assumed"] });
  });

  it("a time with an offset needs no zone", () => {
    const draft = read("call-disposition", '{"numberid":1,"timestamp":"2024-05-21T10:14:09+02:00"}', { id: "vcc" });
    expect(draft).toMatchObject({ time: { at: "2024-05-21T08:14:09Z" }, warnings: [] });
  });

  it.each([["1716278400"], ["1716278400000"]])("the time %s counts from the epoch", (time) => {
    const draft = read("ticket-status", `{"action":"add","ticket":{"firstOpenTime":${time}}}`);
    expect(draft.data).toMatchObject({ ticket: { openedAt: "2024-05-21T08:00:00Z" } });
  });

  it("a date written in fourteen digits is no count of milliseconds", () => {
    const draft = read("call-disposition", '{"numberid":1,"projectid":7,"timestamp":"20240521101409"}');
    expect(draft.time).toBeUndefined();
    expect(draft.warnings).toContain("time_unreadable");
  });

  it.each([
    ["", undefined],
    [null, undefined],
    ["[scrubbed]", true],
  ])("of a user with the password %j it tells passwordChanged: %s", (password, told) => {
    const [old, current] = [
      { userId: 5, name: "L" },
      { userId: 5, name: "L2", password },
    ];
    const { data } = read("user", JSON.stringify({ old, new: current }));
    expect(Object(data).user.passwordChanged).toBe(told);
  });

  it("a name as the schema has it goes before its variants", () => {
    for (const text of ['{"userid":1,"numberId":2,"numberid":3}', '{"userid":1,"numberid":3,"numberId":2}']) {
      expect(read("call-disposition", text).data).toMatchObject({ customer: { id: "3" } });
    }
  });

  it("wages, passwords, tokens, terminals and long card numbers never become part of an event", () => {
    const person = { userId: 1, monthly: 4711, hourly: 4712, password: "pw-4713" };
    const payment = {
      transactionid: "t",
      token: "tk-4714",
      vposid: "vp-4715",
      card_number_trailing: "4716000000004242",
    };
    const texts = [
      read("user", JSON.stringify({ old: { ...person, monthly: 1 }, new: person })),
      read("payment-transaction", JSON.stringify({ payment })),
    ].map((draft) => JSON.stringify(draft.data));
    for (const text of texts) expect(text).not.toMatch(/471[1-6]/);
  });

  it("a withheld caller is known by the record's number", () => {
    const body = { direction: "in", source: "anonymous", client_data: { phone1: "3615550199" } };
    expect(read("call-disposition", JSON.stringify(body)).data).toMatchObject({ customer: { phone: "+3615550199" } });
  });
});

describe("any body whatever", () => {
  const schemas = [
    account,
    clientData,
    dispositionObject,
    line,
    ticket,
    transaction,
    ...Object.values(kinds).map(({ schema }) => schema),
  ];
  const names = [
    ...new Set(schemas.flatMap((schema) => Object.keys(schema.shape))),
    "payment",
    "__proto__",
    "constructor",
  ];
  const value = fc.oneof(
    fc.jsonValue(),
    fc.dictionary(fc.constantFrom(...names), fc.jsonValue()),
    fc.integer(),
    fc.date().map(String),
  );
  const body = fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 12 }));
  const kind = fc.constantFrom(undefined, "voicemail", ...vccLive.kinds);

  it("makes one valid event, always the same", () => {
    fc.assert(
      fc.property(kind, body, (name, anyBody) => {
        const draft = read(name, JSON.stringify(anyBody));
        expect(read(name, JSON.stringify(anyBody))).toEqual(draft);
        dataSchema(draft.type)
          .strict()
          .parse(JSON.parse(JSON.stringify(draft.data)));
      }),
      { numRuns: 2000 },
    );
  });

  it("asks a question only if it is an object", () => {
    fc.assert(
      fc.property(body, (anyBody) => {
        const json = parseJson(JSON.stringify(anyBody));
        const question = vccLive.question(json);
        expect(question === undefined).toBe(json === null || typeof json !== "object" || Array.isArray(json));
        if (vccLive.asks(json)) expect(question).toBeDefined();
      }),
    );
  });
});
