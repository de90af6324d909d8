import { expect, test } from "vitest";
import { isAbsoluteUrl } from "../../src/platform/absolute-url.ts";
import { openDoor } from "./door.ts";

test.each([
  [undefined, "https://relay.example.com"],
  ["", "https://relay.example.com"],
  ["hooks.example.com", "https://relay.example.com"],
  ["hooks.example.com:8787", "https://relay.example.com"],
  ["ftp://hooks.example.com", "https://relay.example.com"],
  ["https://hooks.example.com", undefined],
  ["http://localhost:8787", undefined],
])("with PUBLIC_URL %j a message carries the origin %s", async (url, origin) => {
  const door = await openDoor({}, { PUBLIC_URL: url });
  door.queue = "keeps";
  await door.post("/in/ucontact?key=ucontact-key", { a: 1 });
  await door.post("/in/vcc/project-login?secret-key=vcc-key", { projectId: 7, userId: 41 });
  await door.settle();
  expect(door.queued.map((message) => message.origin)).toEqual([origin, origin]);
});

test.each([
  ["https://relay.example.com", true],
  ["HTTP://relay.example.com/base", true],
  ["relay.example.com", false],
  ["mailto:a@example.com", false],
  ["//relay.example.com", false],
  ["", false],
  [undefined, false],
])("%j is an absolute URL: %s", (text, is) => {
  expect(isAbsoluteUrl(text)).toBe(is);
});
