import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { forgetRelay } from "../../src/config/load-relay.ts";
import { type Door, openDoor, problemOf } from "./door.ts";

let door: Door;
beforeEach(async () => {
  door = await openDoor();
});
afterEach(() => door.settle());

const MIB = 1_048_576;

describe("an accepted webhook", () => {
  test("is answered with its receipt, exactly 200", async () => {
    const response = await door.post("/in/vcc/user?secret-key=vcc-key", { old: null });
    expect(response.status).toBe(200);
    const { receipt, ...rest } = await response.json<{ receipt: string }>();
    expect(receipt).toMatch(/^rcpt_[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(rest).toEqual({});
    expect(door.queued).toMatchObject([
      { v: 1, receipt, source: "vcc", vendor: "vcc-live", kind: "user", key: "env:VCC_KEY", body: '{"old":null}' },
    ]);
  });

  test("has a receipt that sorts by acceptance", async () => {
    for (let n = 0; n < 20; n++) await door.post("/in/vcc/user?secret-key=vcc-key", { n });
    const receipts = door.queued.map(({ receipt }) => receipt);
    expect(receipts.toSorted()).toEqual(receipts);
    expect(new Set(receipts).size).toBe(20);
  });

  test.each([
    ["an unknown kind", "/in/vcc/no-such-kind?secret-key=vcc-key", '{"a":1}'],
    ["no kind", "/in/vcc?secret-key=vcc-key", '{"a":1}'],
    ["a kind of a prototype", "/in/vcc/constructor?secret-key=vcc-key", '{"a":1}'],
    ["no field that is known", "/in/vcc/sms?secret-key=vcc-key", '{"__proto__":1}'],
    ["an empty body", "/in/vcc/sms?secret-key=vcc-key", ""],
    ["an array", "/in/vcc/sms?secret-key=vcc-key", "[1,2]"],
    ["a scalar", "/in/vcc/sms?secret-key=vcc-key", "7"],
  ])("is never refused for its content: %s", async (_, path, body) => {
    expect((await door.knock(path, { method: "POST", body })).status).toBe(200);
    expect(door.queued).toHaveLength(1);
  });

  test("passes an unknown kind on, decoded and at most 128 characters long", async () => {
    await door.post(`/in/vcc/${encodeURIComponent("k/ő".repeat(100))}?secret-key=vcc-key`, {});
    expect(door.queued[0]?.kind).toBe("k/ő".repeat(100).slice(0, 128));
  });

  test("has the kind that an alias stands for", async () => {
    await door.post("/in/vcc/mobile-disposition?secret-key=vcc-key", {});
    expect(door.queued[0]?.kind).toBe("call-disposition");
  });

  test("keeps no key that stands where the kind should", async () => {
    await door.post("/in/ucontact/ucontact-key?key=ucontact-key", {});
    expect(door.queued[0]?.kind).toBeUndefined();
  });

  test("has the digits of its numbers, however many", async () => {
    const body = '{"id":9007199254740993,"amount":12345678901234567890.10,"small":1}';
    await door.knock("/in/vcc/sms?secret-key=vcc-key", { method: "POST", body });
    expect(door.queued[0]?.body).toBe(body);
  });
});

describe("a refusal", () => {
  test.each(["HEAD", "DELETE", "PATCH", "OPTIONS"])("405 for %s, whoever asks", async (method) => {
    const response = await door.knock("/in/vcc/user?secret-key=vcc-key", { method });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, POST, PUT");
    if (method !== "HEAD") expect(await problemOf(response)).toMatchObject({ code: "method_not_allowed", status: 405 });
  });

  test("503 with a time to retry where no configuration can be read", async () => {
    await env.CONFIG.delete("relay");
    forgetRelay();
    const response = await door.post("/in/vcc/user?secret-key=vcc-key", {});
    expect(response.status).toBe(503);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await problemOf(response)).toMatchObject({ code: "not_ready" });
  });

  test.each([
    ["neither JSON nor a form", "/in/vcc/user?secret-key=vcc-key", "hello there", 400, "malformed_body"],
    ["JSON cut short", "/in/vcc/user?secret-key=vcc-key", '{"a":"b=c', 400, "malformed_body"],
    ["XML", "/in/vcc/user?secret-key=vcc-key", '<?xml version="1.0"?><a/>', 400, "malformed_body"],
    [
      "an encrypted body that nobody can decrypt",
      "/in/vcc/user?secret-key=vcc-key",
      `${"QJ0Y".repeat(9)}Zg==`,
      400,
      "malformed_body",
    ],
    ["a body over 1 MiB", "/in/vcc/user?secret-key=vcc-key", "x".repeat(MIB + 1), 413, "body_too_large"],
    ["an IVR step", "/in/vcc/ivr?secret-key=vcc-key", "{}", 501, "not_supported"],
    ["an IVR step, read or not", "/in/vcc/ivr?secret-key=vcc-key", "{", 501, "not_supported"],
    ["a search", "/in/vcc/search?secret-key=vcc-key", "{}", 501, "not_supported"],
    [
      "a login question about no project",
      "/in/vcc/project-login?secret-key=vcc-key",
      '{"userId":4}',
      422,
      "invalid_question",
    ],
    [
      "a login question about nobody",
      "/in/vcc/project-login?secret-key=vcc-key",
      '{"projectId":4}',
      422,
      "invalid_question",
    ],
    ["a login question without a body", "/in/vcc/project-login?secret-key=vcc-key", "", 422, "invalid_question"],
  ])("%s", async (_, path, body, status, code) => {
    const response = await door.knock(path, { method: "POST", body });
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    const problem = await problemOf(response);
    expect(problem).toEqual({
      type: expect.stringContaining(code),
      title: expect.any(String),
      status,
      code,
      detail: expect.stringMatching(/^[A-Z].*\.$/),
    });
    expect(door.queued).toEqual([]);
  });

  test("a body of 1 MiB is not too large", async () => {
    const body = `"${"x".repeat(MIB - 2)}"`;
    expect((await door.knock("/in/vcc/user?secret-key=vcc-key", { method: "PUT", body })).status).toBe(200);
  });

  test("an endless body is read to the limit, and cancelled", async () => {
    let sent = 0;
    let cancelled = false;
    const chunk = new Uint8Array(65_536).fill(120);
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += chunk.byteLength;
        if (sent > 10 * MIB) controller.close();
        else controller.enqueue(chunk);
      },
      cancel() {
        cancelled = true;
      },
    });
    const response = await door.knock("/in/vcc/user?secret-key=vcc-key", { method: "POST", body });
    expect(response.status).toBe(413);
    expect(sent).toBeLessThan(2 * MIB);
    expect(cancelled).toBe(true);
  });
});
