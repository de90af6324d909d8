import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { publicUrlOf } from "../../../src/config/public-url.ts";
import { freeze, readMessage } from "../../../src/delivery/fan-out/read-message.ts";
import { envelope } from "../../../src/events/envelope.ts";
import { lookupIn } from "../../../src/platform/lookup.ts";
import { aWholeWebhook } from "../scene.ts";

const relay = { sources: new Map(), destinations: [], secrets: new Set<string>() };

describe("a message", () => {
  it("is read by its vendor, and under another id by none", async () => {
    const message = aWholeWebhook();
    const [normal, plain] = [await readMessage(message, relay, env), await readMessage(message, relay, env, "plain")];
    expect(normal.draft).toMatchObject({ type: "agent.logged_in", kind: "AgentLog" });
    expect(plain.draft).toMatchObject({
      type: "vendor.unknown",
      vendorEvent: "unknown",
      data: {},
      warnings: ["normalizer_skipped"],
      windowMs: 600_000,
    });
    expect(plain.body).toEqual(normal.body);
    expect((await readMessage(message, relay, env, "plain")).id).toBe(plain.id);
  });

  it("of a vendor that is known no more is an unknown event", async () => {
    const read = await readMessage(aWholeWebhook({ vendor: "gone", kind: "x" }), relay, env);
    expect(read.draft).toMatchObject({ type: "vendor.unknown", vendorEvent: "x", kind: "x" });
  });

  it.each(["hooks.example.com", "nonsense://", " "])(
    "is frozen with a schema that has an address even where PUBLIC_URL is %j",
    async (PUBLIC_URL) => {
      const message = aWholeWebhook({ origin: "https://called.example.com" });
      const read = await readMessage(message, relay, env);
      const url = publicUrlOf(lookupIn({ ...env, PUBLIC_URL }), message);
      const event = freeze(read, read.id, url);
      expect(envelope.parse(event).dataschema).toBe("https://called.example.com/schemas/data/agent.logged_in/1.json");
    },
  );
});
