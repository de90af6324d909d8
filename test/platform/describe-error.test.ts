import { expect, it } from "vitest";
import { describeError } from "../../src/platform/describe-error.ts";

function errorOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

it("tells what the runtime says of a mistake of ours", () => {
  const error = errorOf(() => Reflect.get({}, "name").length);
  expect(describeError(error)).toBe("TypeError: Cannot read properties of undefined (reading 'length')");
});

it.each([
  ["D1_ERROR: UNIQUE constraint failed: event.id: SQLITE_CONSTRAINT_PRIMARYKEY", undefined],
  ["fetch to https://user:pw@crm.example.com/hook?key=abc failed", "fetch to … failed"],
  ["no route for /in/vcc?secret-key=abc", "no route for /in/vcc…"],
  ["secret-key=abc is refused", "… is refused"],
  ["bad key 0123456789abcdefghij", "bad key …"],
  ["signature whsec_aG9va3N3aXRjaC1kZW1v== differs", "signature … differs"],
  ["nora.kis@example.com called +36 30 123 4567", "… called …"],
  ["'a b c' is no name\nsecond line", "… is no name"],
  ["x ".repeat(200), "x ".repeat(60)],
])("of %j it tells no secret", (message, told = message) => {
  expect(describeError(new Error(message))).toBe(`Error: ${told}`);
});

it.each(['{"name": "Nora", "phone": x}', "Nora Kis", '{"name": "Nora\n Kis'])(
  "tells nothing of the text %j that is no JSON",
  (text) => {
    const told = describeError(errorOf(() => JSON.parse(text)));
    expect(told).toMatch(/^SyntaxError: /);
    expect(told).not.toMatch(/Nora|Kis|name|phone/);
  },
);

it("knows nothing of what is no error", () => {
  expect(describeError("secret")).toBe("unknown");
});
