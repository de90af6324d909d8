import { createPublicKey, verify } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { verifySignature } from "../../src/cli/sink/verify.ts";
import { printJson } from "../project/docs/print-json.ts";
import { makeVectors, PUBLISHED_AT } from "./vectors.ts";

const published = await makeVectors(PUBLISHED_AT);

it("docs/receivers/vectors.json is what the signer makes", async () => {
  await expect(printJson(published)).toMatchFileSnapshot("../../docs/receivers/vectors.json");
});

it("no name, no id and no reading of a vector is there twice", () => {
  for (const key of ["name", "headers"] as const) {
    expect(new Set(published.vectors.map((vector) => JSON.stringify(vector[key]))).size).toBe(published.vectors.length);
  }
});

describe("the sink and the official library say the same of", () => {
  afterEach(() => vi.useRealTimers());

  it.each(published.vectors)("$name: $reason", ({ headers, body, valid, needs }) => {
    vi.useFakeTimers({ now: PUBLISHED_AT * 1000, toFake: ["Date"] });
    const told = verifySignature(body, headers, published.secrets);
    expect(told === "valid").toBe(valid && needs === undefined);
  });
});

it("what is signed by ed25519 is verified by its public key, as OpenSSL has it", () => {
  const [publicKey = ""] = published.publicKeys;
  const der = Buffer.from(
    `302a300506032b6570032100${Buffer.from(publicKey.slice(5), "base64").toString("hex")}`,
    "hex",
  );
  const key = createPublicKey({ key: der, format: "der", type: "spki" });
  const verdicts = published.vectors.flatMap(({ name, headers, bodyBase64 }) => {
    const head = Buffer.from(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.`);
    const content = Buffer.concat([head, Buffer.from(bodyBase64, "base64")]);
    const signatures = (headers["webhook-signature"] ?? "").split(" ").filter((text) => text.startsWith("v1a,"));
    const right = signatures.some((text) => verify(null, content, key, Buffer.from(text.slice(4), "base64")));
    return right ? [name] : [];
  });
  expect(verdicts).toEqual(["ed25519", "v1-and-v1a"]);
});
