import { describe, expect, it } from "vitest";
import vectors from "../../docs/receivers/vectors.json" with { type: "json" };
import { verify } from "../../packages/events/verify.ts";

describe("in a Worker, the package for receivers believes what it should", () => {
  it.each(vectors.vectors)("$name", async ({ headers, bodyBase64, valid }) => {
    const body = Uint8Array.from(atob(bodyBase64), (letter) => letter.charCodeAt(0));
    const given = new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)] as const));
    const request = new Request("https://receiver.example.com/", { method: "POST", headers: given, body });
    const secrets = [...vectors.secrets, ...vectors.publicKeys];
    const believed = await verify(request, secrets, { now: vectors.now * 1000 }).then(
      () => true,
      () => false,
    );
    expect(believed).toBe(valid);
  });
});
