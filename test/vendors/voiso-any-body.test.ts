import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isObject, parseJson } from "../../src/events/json.ts";
import { dataSchema } from "../../src/events/types.ts";
import { events, read, sealed } from "./voiso/read.ts";

describe("any body", () => {
  const names = [
    ...[
      "event",
      "object",
      "entity",
      "timestamp",
      "contact_center_id",
      "data",
      "payload",
      "__proto__",
      "call",
      "id",
      "uuid",
    ],
    ...[
      "type",
      "start_time",
      "agent_start_time",
      "end_time",
      "duration",
      "queue",
      "script",
      "calling_number",
      "ani",
      "dnis",
    ],
    ...[
      "disposition",
      "end_reason",
      "wrap_up_code",
      "agent",
      "campaign",
      "email",
      "name",
      "status",
      "current",
      "channel",
    ],
    ...[
      "contact",
      "content_data",
      "text",
      "score",
      "summary",
      "recording_url",
      "activity_timestamp",
      "previous_duration",
    ],
  ];
  const words = fc.constantFrom(
    ...events.map(([event]) => event),
    ...[
      "user",
      "call",
      "outbound_sms",
      "DNCR rejected",
      "9999-12-31T23:59:59-01:00",
      "2025-02-03 09:15:42",
      "1e20",
      "null",
    ],
    ...["https://files.example.com/r/1", "{}", '{"id":1}', "[", "888888", "+35799000111"],
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: "medium", withCrossShrink: true },
      fc.oneof(words, fc.string(), fc.double(), fc.integer(), fc.boolean(), fc.constant(null)),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...names) }, fc.string()), tie("value"), {
        maxKeys: 8,
      }),
    ),
  }));
  const bodies = fc.oneof(
    value,
    fc.tuple(fc.constantFrom(...events.map(([event]) => event)), value).map(([event, data]) => ({ event, data })),
  );
  const kinds = fc.constantFrom(undefined, "call-notify", "call-outcome", "nothing", ...events.map(([event]) => event));

  it("becomes a valid event, always the same", () => {
    let understood = 0;
    fc.assert(
      fc.property(bodies, kinds, (made, kind) => {
        const body = parseJson(JSON.stringify(made));
        const draft = read(body, kind);
        expect(read(body, kind)).toEqual(draft);
        const event = sealed(draft);
        expect(dataSchema(event.type).strict().parse(event.data)).toEqual(event.data);
        if (draft.type !== "vendor.unknown") understood++;
        else expect(draft.warnings.length).toBeGreaterThan(0);
        expect(isObject(draft.data)).toBe(true);
      }),
      { numRuns: 1000 },
    );
    expect(understood).toBeGreaterThan(100);
  });
});
