import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromBase64, toBase64 } from "../../../src/platform/text/base64.ts";

const bytes = fc.uint8Array({ minLength: 1, maxLength: 100 });
const urlSafe = (text: string) => text.replaceAll("+", "-").replaceAll("/", "_");
const unpadded = (text: string) => text.replace(/=+$/, "");

describe("base64", () => {
  it("is read in either alphabet, padded or not, with blanks round it", () => {
    fc.assert(
      fc.property(bytes, (sent) => {
        const text = toBase64(sent);
        for (const written of [text, unpadded(text), urlSafe(text), unpadded(urlSafe(text)), ` ${text}\r\n`]) {
          expect([...(fromBase64(written) ?? [])]).toEqual([...sent]);
        }
      }),
    );
  });

  it.each(["", " ", "=", "==", "A", "AAAAA", "AA=AA", "AAA===", "AA!A", "ÄÄÄÄ", "****"])("%j is none", (text) => {
    expect(fromBase64(text)).toBeUndefined();
  });
});
