import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { sign, UnusableSecretError } from "../../src/delivery/sign.ts";

const SECRET = "whsec_aG9va3N3aXRjaC1kZW1vLXNpbmstc2VjcmV0LTMyYg==";
const OTHER = "whsec_c2Vjb25kLXNlY3JldC1mb3ItdGhlLXJvdGF0aW9uIQ==";
const body = '{"type":"call.completed","data":{"name":"Tóth"}}';
const now = () => Math.floor(Date.now() / 1000);

describe("sign", () => {
  it("is accepted by the reference implementation", async () => {
    const timestamp = now();
    const signature = await sign("evt_1", timestamp, body, [SECRET]);
    const headers = { "webhook-id": "evt_1", "webhook-timestamp": String(timestamp), "webhook-signature": signature };
    expect(new Webhook(SECRET).verify(body, headers)).toEqual(JSON.parse(body));
    expect(() => new Webhook(OTHER).verify(body, headers)).toThrow();
    expect(() => new Webhook(SECRET).verify(`${body} `, headers)).toThrow();
  });

  it("signs once for every live secret, so that either side can rotate", async () => {
    const timestamp = now();
    const signature = await sign("evt_1", timestamp, body, [SECRET, OTHER]);
    const headers = { "webhook-id": "evt_1", "webhook-timestamp": String(timestamp), "webhook-signature": signature };
    for (const secret of [SECRET, OTHER]) expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
  });

  it("signs v1a with an ed25519 seed", async () => {
    const pair = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
    if (!("privateKey" in pair)) throw new Error("not a pair");
    const pkcs8 = await crypto.subtle.exportKey("pkcs8", pair.privateKey);
    if (!(pkcs8 instanceof ArrayBuffer)) throw new Error("not bytes");
    const seed = btoa(String.fromCharCode(...new Uint8Array(pkcs8).slice(-32)));
    const signature = await sign("evt_1", 1_700_000_000, body, [`whsk_${seed}`]);
    const bytes = Uint8Array.from(atob(signature.replace(/^v1a,/, "")), (character) => character.charCodeAt(0));
    const content = new TextEncoder().encode(`evt_1.1700000000.${body}`);
    expect(await crypto.subtle.verify("Ed25519", pair.publicKey, bytes, content)).toBe(true);
  });

  it.each(["whsec_***", "secret", "whsk_YWJj", ""])("refuses %j as a secret", async (secret) => {
    await expect(sign("evt_1", 1, body, [secret])).rejects.toBeInstanceOf(UnusableSecretError);
  });

  it("signs nothing without a secret", async () => {
    expect(await sign("evt_1", 1, body, [])).toBe("");
  });
});
