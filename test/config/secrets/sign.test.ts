import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { sign, UnusableSecretError } from "../../../src/config/secrets/sign.ts";

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

  it.each([
    ["unpadded", (text: string) => text.replace(/=+$/, "")],
    ["in base64url", (text: string) => text.replaceAll("+", "-").replaceAll("/", "_")],
    ["in base64url, unpadded", (text: string) => text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")],
    ["with blanks round its base64", (text: string) => ` ${text}\n`],
  ])("signs the same with a secret %s", async (_, rewrite) => {
    for (const bytes of [new Uint8Array(32).fill(0xfb), new Uint8Array(25).fill(7), new Uint8Array([1])]) {
      const text = btoa(String.fromCharCode(...bytes));
      expect(await sign("evt_1", 1, body, [`whsec_${rewrite(text)}`])).toBe(
        await sign("evt_1", 1, body, [`whsec_${text}`]),
      );
    }
  });

  it("signs v1a with the seed of a whole ed25519 key", async () => {
    const seed = new Uint8Array(32).fill(9);
    const encode = (bytes: Uint8Array) => `whsk_${btoa(String.fromCharCode(...bytes))}`;
    const pair = new Uint8Array([...seed, ...new Uint8Array(32)]);
    expect(await sign("evt_1", 1, body, [encode(pair)])).toBe(await sign("evt_1", 1, body, [encode(seed)]));
  });

  it.each([
    "",
    "secret",
    "whsec_",
    "whsec_***",
    "whsec_!!!",
    "whsec_A",
    "whsec_AA=AA",
    "whsec_AAA===",
    "WHSEC_YWJj",
    "v1,whsec_YWJj",
    "whpk_YWJj",
    "whsk_",
    "whsk_YWJj",
    `whsk_${btoa("a".repeat(31))}`,
    `whsk_${btoa("a".repeat(33))}`,
    `whsk_${btoa("a".repeat(48))}`,
    `whsk_${btoa("a".repeat(65))}`,
  ])("refuses %j as a secret", async (secret) => {
    await expect(sign("evt_1", 1, body, [secret])).rejects.toBeInstanceOf(UnusableSecretError);
  });

  it("signs nothing without a secret", async () => {
    expect(await sign("evt_1", 1, body, [])).toBe("");
  });
});
