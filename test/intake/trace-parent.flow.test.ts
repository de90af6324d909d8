import { expect, test } from "vitest";
import { openDoor } from "./door.ts";

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const KEY = "c0ffee00c0ffee00c0ffee00c0ffee00";
const valid = `00-${TRACE}-b7ad6b7169203331-01`;

/** W3C Trace Context, 3.2 and 4.2. */
test.each([
  ["a trace", valid, valid],
  ["one that nobody records", `00-${TRACE}-b7ad6b7169203331-00`, `00-${TRACE}-b7ad6b7169203331-00`],
  ["none", undefined, undefined],
  ["nothing", "", undefined],
  ["upper case", valid.toUpperCase(), undefined],
  ["no trace id", `00-${"0".repeat(32)}-b7ad6b7169203331-01`, undefined],
  ["no span id", `00-${TRACE}-${"0".repeat(16)}-01`, undefined],
  ["another version", `01-${TRACE}-b7ad6b7169203331-01`, undefined],
  ["the forbidden version", `ff-${TRACE}-b7ad6b7169203331-01`, undefined],
  ["more than a trace", `${valid}-extra`, undefined],
  ["two of them", `${valid}, ${valid}`, undefined],
  ["a live key for a trace", `00-${KEY}-b7ad6b7169203331-01`, undefined],
])("of a request with %s the messages carry what is one", async (_what, sent, carried) => {
  const door = await openDoor({ acme: { vendor: "voiso", keys: [KEY] } });
  door.queue = "keeps";
  const headers: Record<string, string> = sent === undefined ? {} : { traceparent: sent };
  await door.post("/in/ucontact?key=ucontact-key", { a: 1 }, headers);
  await door.post("/in/vcc/project-login?secret-key=vcc-key", { projectId: 7, userId: 41 }, headers);
  await door.settle();
  expect(door.queued.map(({ traceparent }) => traceparent)).toEqual([carried, carried]);
});
