import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { attemptDelivery } from "../../src/delivery/attempt.ts";
import { openSink } from "../sink/sink.ts";
import { consumeAll } from "./consume-all.ts";
import { aDestination, anEvent } from "./event.ts";
import { aWebhook, configure } from "./scene.ts";

const attempt = (url: string, variables: Readonly<Record<string, string>> = {}, headers = {}) =>
  attemptDelivery(
    { event: anEvent(), destination: aDestination({ url, headers }), attempt: 1, run: 0, timeoutMs: 1000 },
    { lookup: (name) => variables[name], secrets: new Set() },
    Date.now(),
  );

describe("an attempt", () => {
  it.each([
    "https://127.0.0.1/",
    "https://2130706433/",
    "https://[::ffff:169.254.169.254]/",
    "https://metadata.google.internal/",
    "https://8.8.8.8/",
    "https://user:password@example.com/",
    "https://example.com:22/",
    "http://example.com/",
  ])("is not made to %s", async (url) => {
    expect(await attempt(url)).toEqual({ kind: "failed", reason: "refused_url" });
  });

  it("reaches nothing private, unless that is allowed", async () => {
    const sink = openSink();
    expect(await attempt(sink.url)).toEqual({ kind: "failed", reason: "refused_url" });
    expect(await attempt(sink.url, { ALLOW_PRIVATE_DESTINATIONS: "TRUE" })).toMatchObject({ kind: "failed" });
    expect(await sink.received()).toEqual([]);
    expect(await attempt(sink.url, { ALLOW_PRIVATE_DESTINATIONS: "true" })).toMatchObject({ status: 200 });
    expect(await sink.received()).toHaveLength(1);
  });

  it("keeps no header that is a secret when the receiver sends it back", async () => {
    const sink = openSink();
    await sink.behave({ status: 403, body: "who is token-1234?" });
    const variables = { ALLOW_PRIVATE_DESTINATIONS: "true", TOKEN: "token-1234" };
    expect(await attempt(sink.url, variables, { "x-token": "env:TOKEN" })).toMatchObject({
      status: 403,
      answer: "who is ***?",
    });
  });

  it("that is refused is written down, and tried again: the configuration may be mended", async () => {
    const sink = openSink();
    await configure({ private: { url: sink.url } });
    await consumeAll([aWebhook()]);
    await consumeAll([aWebhook()], { ALLOW_PRIVATE_DESTINATIONS: "false" });
    expect(await sink.received()).toHaveLength(1);
    expect(await env.LOG.prepare("SELECT state, attempt, reason FROM delivery").first()).toEqual({
      state: "waiting",
      attempt: 1,
      reason: "refused_url",
    });
  });
});
