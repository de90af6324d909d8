import { env } from "cloudflare:workers";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { attemptDelivery } from "../../../src/delivery/attempt/attempt.ts";
import { lookupIn } from "../../../src/platform/lookup.ts";
import { openSink } from "../../sink/sink.ts";
import { consumeAll } from "../consume-all.ts";
import { aDestination, anEvent } from "../event.ts";
import { aWebhook, configure } from "../scene.ts";

const attempt = (
  url: string,
  variables: Readonly<Record<string, string>> = {},
  document: object = {},
  secrets: ReadonlySet<string> = new Set(),
) =>
  attemptDelivery(
    { event: anEvent(), destination: aDestination({ url, ...document }), attempt: 1, run: 0, timeoutMs: 1000 },
    { lookup: lookupIn(variables), secrets },
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

  it.each([
    "who is header-token-1234?",
    "who is literal-token-5678?",
    "bad token: Bearer literal-token-5678",
    "no account basic-password-9",
    "no account dXNlcjpiYXNpYy1wYXNzd29yZC05",
    "no such key query-token-42",
    "no such key query%2Dtoken%2D42",
    "signature of c2lnbmluZy1zZWNyZXQ= is wrong",
    "key of another source: source-key-77",
  ])("keeps nothing that it sent and is secret when the receiver sends it back: %s", async (body) => {
    const sink = openSink();
    await sink.behave({ status: 403, body });
    const destination = {
      secrets: ["env:SIGNING"],
      headers: {
        "x-token": "env:HEADER_TOKEN",
        authorization: "Bearer literal-token-5678",
        "x-basic": "Basic dXNlcjpiYXNpYy1wYXNzd29yZC05",
      },
    };
    const variables = {
      ALLOW_PRIVATE_DESTINATIONS: "true",
      HEADER_TOKEN: "header-token-1234\n",
      SIGNING: "whsec_c2lnbmluZy1zZWNyZXQ=",
    };
    const url = `${sink.url}/?key=query-token-42&escaped=query%2Dtoken%2D42`;
    const secrets = new Set(["source-key-77"]);
    const outcome = await attempt(url, variables, destination, secrets);
    expect(outcome).toMatchObject({ status: 403, answer: expect.stringContaining("***") });
    expect(JSON.stringify(outcome)).not.toMatch(/token-|password|dXNl|c2ln|source-key/);
  });

  it("sends secrets and header values without the blanks and line breaks round them", async () => {
    const sink = openSink();
    const secret = "whsec_c2lnbmluZy1zZWNyZXQ=";
    const headers = { "x-token": "env:HEADER_TOKEN", "x-bare": " bare\r\n" };
    const variables = { ALLOW_PRIVATE_DESTINATIONS: "true", HEADER_TOKEN: "\ttoken\n", SIGNING: ` ${secret}\r\n` };
    await attempt(sink.url, variables, { secrets: ["env:SIGNING", `${secret}\n`], headers });
    const [got] = await sink.received();
    expect(got?.headers).toMatchObject({ "x-token": "token", "x-bare": "bare" });
    expect(new Webhook(secret).verify(got?.body ?? "", got?.headers ?? {})).toBeDefined();
    const [one, other] = (got?.headers["webhook-signature"] ?? "").split(" ");
    expect(one).toBe(other);
  });

  it.each([
    ["x-token", "env:ADMIN_TOKEN"],
    ["x-token", "env:RELAY_KEY"],
    ["x-token", "env:VCC_KEY"],
    ["x-token", "env:HEADER_UNSET"],
    ["x-token", "sealed:v1:abc"],
  ])("is not made with the header %s: %s", async (name, value) => {
    const sink = openSink();
    const variables = { ALLOW_PRIVATE_DESTINATIONS: "true", ADMIN_TOKEN: "a", RELAY_KEY: "b", VCC_KEY: "c" };
    const outcome = await attempt(sink.url, variables, { headers: { [name]: value } });
    expect(outcome).toEqual({ kind: "failed", reason: "unresolved_header" });
    expect(await sink.received()).toEqual([]);
  });

  it.each(["env:ADMIN_TOKEN", "env:MASK_KEY", "env:ACCESS_TEAM", "sealed:v1:abc"])(
    "is not made with the signing secret %s",
    async (secret) => {
      const sink = openSink();
      const whsec = "whsec_c2lnbmluZy1zZWNyZXQ=";
      const variables = { ADMIN_TOKEN: whsec, MASK_KEY: whsec, ACCESS_TEAM: whsec };
      const outcome = await attempt(
        sink.url,
        { ALLOW_PRIVATE_DESTINATIONS: "true", ...variables },
        { secrets: [secret] },
      );
      expect(outcome).toEqual({ kind: "failed", reason: "unusable_secret" });
    },
  );

  it("is not made to the relay itself, also when that is told only later", async () => {
    const sink = openSink();
    const variables = { ALLOW_PRIVATE_DESTINATIONS: "true" };
    expect(await attempt(sink.url, variables)).toMatchObject({ status: 200 });
    for (const PUBLIC_URL of [sink.url, sink.url.replace("127.0.0.1", "localhost")]) {
      expect(await attempt(sink.url, { ...variables, PUBLIC_URL })).toEqual({ kind: "failed", reason: "refused_url" });
    }
    expect(await sink.received()).toHaveLength(1);
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
