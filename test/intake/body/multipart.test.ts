import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readParameters } from "../../../src/intake/body/header-parameters.ts";
import { readMultipart } from "../../../src/intake/body/multipart.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const latin1 = (text: string) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

/** A body of these parts, each its headers and its content. */
function body(parts: readonly (readonly [string, string])[], boundary = "B", line = "\r\n"): string {
  const written = parts.map(([head, content]) => `--${boundary}${line}${head}${line}${line}${content}${line}`);
  return `${written.join("")}--${boundary}--${line}`;
}
const named = (name: string, content: string) => [`Content-Disposition: form-data; name=${name}`, content] as const;

const read = (text: string | Uint8Array, type = "multipart/form-data; boundary=B") =>
  readMultipart(typeof text === "string" ? utf8(text) : text, type);
const fieldsOf = (text: string | Uint8Array, type?: string) => read(text, type)?.fields;

describe("a multipart form is read", () => {
  test.each<[string, string, readonly (readonly [string, string])[]]>([
    [
      "names without quotes, as .NET writes them",
      body([named("id", "1"), named("a[b]", "2")]),
      [
        ["id", "1"],
        ["a[b]", "2"],
      ],
    ],
    [
      "names in quotes",
      body([named('"id"', "1"), named('"a; b"', "2")]),
      [
        ["id", "1"],
        ["a; b", "2"],
      ],
    ],
    ["quotes in a name, after a backslash", body([named('"a\\"b\\\\c"', "1")]), [['a"b\\c', "1"]]],
    ["quotes in a name, as browsers write them", body([named('"a%22b%0D%0Ac"', "1")]), [['a"b\r\nc', "1"]]],
    [
      "a name after a quoted text that has none",
      body([['Content-Disposition: form-data;="; name=y"; name=x', "1"]]),
      [["x", "1"]],
    ],
    ["names with an encoding", body([named("x; name*=UTF-8''na%C3%AFve", "1")]), [["naïve", "1"]]],
    ["names in an encoding of their own", body([named("x; name*=iso-8859-1'en'na%EFve", "1")]), [["naïve", "1"]]],
    [
      "blanks round a name",
      body([named(" id ", "1"), named(' "a" ', "2")]),
      [
        ["id", "1"],
        ["a", "2"],
      ],
    ],
    [
      "headers in any case and order",
      body([["content-type: text/plain\r\nCONTENT-DISPOSITION:form-data;NAME=id", "1"]]),
      [["id", "1"]],
    ],
    ["a header over two lines", body([["Content-Disposition: form-data;\r\n name=id", "1"]]), [["id", "1"]]],
    [
      "line feeds alone",
      body([named("id", "1"), named("a", "x\ny")], "B", "\n"),
      [
        ["id", "1"],
        ["a", "x\ny"],
      ],
    ],
    ["line breaks in a value", body([named("a", "\r\nx\r\n\r\ny\r\n")]), [["a", "\r\nx\r\n\r\ny\r\n"]]],
    ["an empty value", body([named("a", "")]), [["a", ""]]],
    [
      "a value without an empty line before it ends",
      "--B\r\nContent-Disposition: form-data; name=a\r\n\r\n--B--",
      [["a", ""]],
    ],
    [
      "what looks like a boundary, and is none",
      body([named("a", "--Bx\r\n--b\r\n -- B\r\n--")]),
      [["a", "--Bx\r\n--b\r\n -- B\r\n--"]],
    ],
    ["what stands before and after", `before\r\n${body([named("a", "1")])}after\r\n--B\r\n`, [["a", "1"]]],
    [
      "blanks behind a boundary",
      "--B \t\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--B-- \r\n",
      [["a", "1"]],
    ],
    ["no part at all", "--B--\r\n", []],
    ["letters of any script", body([named('"ő"', "Zoë 📞")]), [["ő", "Zoë 📞"]]],
  ])("with %s", (_, text, fields) => {
    expect(read(text)).toEqual({ fields, over: 0, files: 0, damaged: false });
  });

  test.each([
    ["multipart/form-data; boundary=x-1", "x-1"],
    ['multipart/form-data; boundary="x-1"', "x-1"],
    ['Multipart/Form-Data; charset=utf-8; BOUNDARY="a b:c=d"', "a b:c=d"],
    [`multipart/form-data;boundary=${"-".repeat(24)}7f3a`, `${"-".repeat(24)}7f3a`],
    [`multipart/form-data; boundary=${"x".repeat(500)}`, "x".repeat(500)],
  ])("whose type is %s", (type, boundary) => {
    expect(fieldsOf(body([named("id", "1")], boundary), type)).toEqual([["id", "1"]]);
  });

  test("without its files and what has no name, which are counted", () => {
    const text = body([
      named("a", "1"),
      named('file; filename="x.txt"', "x"),
      named("file; filename=x.txt", "x"),
      named("file; filename*=UTF-8''x.txt", "x"),
      ["Content-Type: text/plain", "x"],
      ["nonsense", "x"],
    ]);
    expect(read(text)).toEqual({ fields: [["a", "1"]], over: 0, files: 5, damaged: false });
  });

  test("with the charset of each part, or of the whole", () => {
    const part = (charset: string) =>
      `Content-Disposition: form-data; name=a\r\nContent-Type: text/plain; charset=${charset}`;
    expect(fieldsOf(latin1(body([[part("iso-8859-1"), "Zoë"]])))).toEqual([["a", "Zoë"]]);
    expect(fieldsOf(latin1(body([[part("windows-1250"), "\u00f5"]])))).toEqual([["a", "ő"]]);
    expect(fieldsOf(latin1(body([named("ë", "ë")])), "multipart/form-data; boundary=B; charset=iso-8859-1")).toEqual([
      ["ë", "ë"],
    ]);
    expect(read(latin1(body([named("a", "Zoë")])))).toMatchObject({ fields: [["a", "Zo\ufffd"]], damaged: true });
  });

  test("up to a thousand fields", () => {
    const text = body(Array.from({ length: 1003 }, (_, n) => named(`p${n}`, "1")));
    expect(read(text)).toMatchObject({ over: 3, files: 0 });
    expect(fieldsOf(text)).toHaveLength(1000);
  });

  test("as the runtime's own forms write it", async () => {
    const form = new FormData();
    form.append('a"b', "1");
    form.append("ő[]", "x\r\ny");
    const response = new Response(form);
    const type = response.headers.get("content-type") ?? "";
    expect(fieldsOf(new Uint8Array(await response.arrayBuffer()), type)).toEqual([
      ['a"b', "1"],
      ["ő[]", "x\r\ny"],
    ]);
  });
});

describe("none is", () => {
  test.each([
    ["", undefined],
    ["--B\r\n", undefined],
    ["--B\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n", undefined],
    ["--B\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--B", undefined],
    ["--C\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--C--", undefined],
    [body([named("a", "1")]), "multipart/form-data"],
    [body([named("a", "1")]), "multipart/form-data; boundary="],
    [body([named("a", "1")]), 'multipart/form-data; boundary=""'],
    [body([named("a", "1")]), "multipart/mixed; boundary=B"],
  ])("%j of type %s", (text, type) => {
    expect(read(text, type)).toBeUndefined();
  });
});

test("any fields come back as they were written, however a sender writes them", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 20 });
  const name = fc.string({
    unit: fc.constantFrom("a", "b", "[", "]", "ő", '"', "\\", "%", ";", "=", "'", " x"),
    minLength: 1,
  });
  const quoted = (value: string) => `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
  fc.assert(
    fc.property(fc.array(fc.tuple(name, text), { maxLength: 5 }), fc.constantFrom("\r\n", "\n"), (fields, line) => {
      fc.pre(line === "\r\n" || fields.every(([, content]) => !content.endsWith("\r")));
      const written = body(
        fields.map(([key, content]) => named(quoted(key), content)),
        "B-7f3a",
        line,
      );
      expect(fieldsOf(written, "multipart/form-data; boundary=B-7f3a")).toEqual(fields);
    }),
  );
});

test("any bytes are read or none, and nothing throws", () => {
  const piece = fc.constantFrom(
    "--B",
    "--B--",
    "\r\n",
    "\n",
    "Content-Disposition: form-data; name=",
    '"',
    "a",
    ";",
    "\0",
    "=",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), fc.uint8Array({ maxLength: 10 }), (pieces, noise) => {
      const parts = read(new Uint8Array([...utf8(pieces.join("")), ...noise, ...utf8("\r\n--B--")]));
      expect(parts).toBeDefined();
    }),
  );
});

test.each<[string, Record<string, string>]>([
  ["", {}],
  ["form-data", {}],
  ["form-data; name=id", { name: "id" }],
  ['form-data; a="x;y"; b=z', { a: "x;y", b: "z" }],
  ['form-data; a="open', { a: "open" }],
  ["form-data; flag; b=z", { b: "z" }],
  ['form-data; flag; "b"=z', { '"b"': "z" }],
  ["form-data; a=1; a=2", { a: "1" }],
  ["form-data; a*=no-such'x'1; a=2", { "a*": "no-such'x'1", a: "2" }],
  ['form-data; filename="C:\\dir\\x"', { filename: "C:\\dir\\x" }],
])("the parameters of %j", (header, parameters) => {
  expect(Object.fromEntries(readParameters(header))).toEqual(parameters);
});
