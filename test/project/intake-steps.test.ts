import { beforeAll, expect, it } from "vitest";
import type { Json } from "../../src/events/json.ts";
import { readFields } from "../../src/intake/body/form-fields.ts";
import { readParameters } from "../../src/intake/body/header-parameters.ts";
import { readMultipart } from "../../src/intake/body/multipart.ts";
import { parseForm } from "../../src/intake/form.ts";
import { readInboundPath } from "../../src/intake/path.ts";
import { liveKeysOf } from "../../src/intake/scrub/live-keys.ts";
import { scrubbingOf } from "../../src/intake/scrub/rules.ts";
import { scrub } from "../../src/intake/scrub/scrub.ts";
import { vendorOf } from "../../src/vendors/index.ts";
import { openStepCounter } from "./steps.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const keys = (count: number) =>
  new Set(Array.from({ length: count }, (_, n) => `${n.toString(36).padStart(3, "x")}-live-key-${n}`));
const liveKeys = liveKeysOf(keys(50));
const rules = scrubbingOf({ vendor: vendorOf("voiso"), auth: [], scrub: ["a.*.b", "*.*.c"] }, liveKeys);
const scrubText = (body: Json) => scrub(body, rules);
const nest = (text: string, levels: number): string =>
  levels === 0 ? text : JSON.stringify({ t: nest(text, levels - 1) });
const part = "--B\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n";

/** So many spellings of one key. */
function namesWithKeys(count: number): Json {
  const escaped = (sign: string) => `%${sign.charCodeAt(0).toString(16)}`;
  const spell = (n: number) => [..."xx0-live-key-0"].map((sign, at) => ((n >> at) & 1 ? escaped(sign) : sign)).join("");
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [spell(n), n]));
}

/** What a hostile sender may repeat, and who reads it. */
const works: readonly (readonly [name: string, work: (text: string) => unknown])[] = [
  ["a form", (text) => readFields(utf8(text), "utf-8")],
  ["a query", (text) => readFields(utf8(text), "utf-8", (name) => name === "key")],
  ["one name of a form", (text) => parseForm([[text, "1"]])],
  ["a multipart body", (text) => readMultipart(utf8(`${text}\r\n--B--`), "multipart/form-data; boundary=B")],
  ["the boundary of a multipart body", (text) => readMultipart(utf8(text), `multipart/form-data; boundary=${text}`)],
  ["a header", (text) => readParameters(`form-data;${text}`)],
  ["a path", (text) => readInboundPath(`/in/${text}`)],
  ["a text", (text) => scrubText({ a: text })],
  ["a name", (text) => scrubText({ [text]: 1 })],
  ["a text that may be JSON", (text) => scrubText({ a: `{${text}}` })],
  ["a text in texts of JSON", (text) => scrubText({ a: nest(text, 5) })],
  ["names that all hold a key", (text) => scrubText(namesWithKeys(text.length / 3))],
  ["a list", (text) => scrubText({ a: text.match(/.{1,4}/gs) ?? [] })],
];
const pieces = [
  " ",
  "a",
  "&",
  "=",
  "a=1&",
  "%",
  "%2",
  "%41",
  "%25",
  "+",
  "\\",
  "\\\\",
  '\\"',
  '"',
  "[",
  "]",
  "[]",
  "a[",
  "{",
  "}",
  ":",
  '{"a":',
  "[[",
  "-",
  "--",
  "--B",
  "--B\r\n",
  "\r\n",
  "\n",
  "\r",
  part,
  ";",
  ";a=",
  ';a="',
  "a;",
  "0",
  "9",
  "/",
  "./",
  "ő",
  "📞",
  "e\u0301",
  "\u0000",
  "xx0-live",
  "xx0-live-key-0",
  "%78",
  "\\u0078",
  "tex",
  "-li",
  "eyl",
];

let countSteps: Awaited<ReturnType<typeof openStepCounter>>;
beforeAll(async () => {
  countSteps = await openStepCounter();
});

const SIZE = 300;
/** Some work has a part that does not grow. */
const grows = (few: number, many: number) => many > few * 12 + 1000;

it.each(works)("%s takes ten times the steps for ten times the text, at most", async (_, work) => {
  const doAll = (some: readonly string[], size: number) => () => {
    for (const piece of some) work(piece.repeat(Math.ceil(size / piece.length)));
  };
  const few = await countSteps(doAll(pieces, SIZE));
  if (!grows(few, await countSteps(doAll(pieces, SIZE * 10)))) return;
  // Only then it is worth the time to look which.
  const slow: string[] = [];
  for (const piece of pieces) {
    const [one, ten] = [await countSteps(doAll([piece], SIZE)), await countSteps(doAll([piece], SIZE * 10))];
    if (grows(one, ten)) slow.push(`${JSON.stringify(piece)}: ${one} to ${ten}`);
  }
  expect(slow).toEqual([]);
});

it("a text is searched in one pass, however many keys there are", async () => {
  const text = "the quick brown fox jumps over the lazy dog. ".repeat(200);
  const [one, thousand] = [liveKeysOf(keys(1)), liveKeysOf(keys(1000))];
  const few = await countSteps(() => one.blank(text));
  const many = await countSteps(() => thousand.blank(text));
  expect(few).toBeGreaterThan(text.length / 8);
  expect(many).toBeLessThan(few * 10);
});

it("steps are counted at all", async () => {
  expect(await countSteps(() => readFields(utf8("a=1&".repeat(1000)), "utf-8"))).toBeGreaterThan(4000);
});
