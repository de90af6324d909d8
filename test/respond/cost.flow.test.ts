import { afterEach, expect, test } from "vitest";
import { countWork, nothing } from "../intake/count-work.ts";
import type { Door } from "../intake/door.ts";
import { openSink } from "../sink/sink.ts";
import { IVR, openWith, SEARCH, SECRET } from "./scene.ts";

let door: Door;
afterEach(() => door.settle());

const json = { "content-type": "application/json" };

async function open(kind: "ivr" | "search", body: string, more: object = {}): Promise<void> {
  const system = openSink();
  await system.behave({ headers: json, body });
  door = await openWith({ [kind]: { ask: system.url, secrets: [SECRET], ...more } });
  door.queue = "keeps";
}

/**
 * Of a question: one signature by a key that is imported already, the limits of the responder's time
 * and the queue's. Printed are the question, what is stored of it, the message and the line in the log.
 */
const asked = { ...nothing, signatures: 1, parses: 1, prints: 4, timers: 2, sends: 1 };

test("an IVR's question", async () => {
  await open("ivr", '{"next":"operator"}');
  expect(await countWork(door, () => door.knock(`${IVR}&caller=3615550199`))).toEqual(asked);
});

test("one that the isolate has the answer of, by a signature of what was asked", async () => {
  await open("ivr", '{"next":"operator"}', { cache: { seconds: 30, by: ["caller"] } });
  const kept = { ...asked, parses: 0, timers: 1 };
  expect(await countWork(door, () => door.knock(`${IVR}&caller=3615550199`))).toEqual(kept);
});

test("a search", async () => {
  await open("search", '{"result":{"uniqueId":"id","customers":[{"id":1}]}}');
  const request = { method: "POST", body: '{"phone":"3615550199","limit":5}' };
  const read = { ...asked, parses: 2, prints: 5 };
  expect(await countWork(door, () => door.knock(SEARCH, request))).toEqual(read);
});
