import { describe, expect, it } from "vitest";
import { call } from "./call.ts";

const MIB = 1_048_576;

/** JSON of so many bytes, each character of its text two of them. */
const ofBytes = (bytes: number) => `"${"é".repeat((bytes - 2) / 2)}"`;

describe("a request to the API", () => {
  it("may have a mebibyte, whatever its characters take", async () => {
    expect((await call("PUT", "config", ofBytes(MIB))).body.code).not.toBe("body_too_large");
    const { status, body } = await call("PUT", "config", ofBytes(MIB + 2));
    expect([status, body.code]).toEqual([413, "body_too_large"]);
  });
});
