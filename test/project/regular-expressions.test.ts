import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { parseAst } from "vitest/node";
import * as z from "zod";

/** The checker in JavaScript alone: what it finds depends neither on the machine nor on the time it takes. */
const { checkSync }: typeof import("recheck") = createRequire(import.meta.url)("recheck/lib/browser.js");
/** Some take seconds on a busy machine. */
const LIMIT = { timeout: 120_000 };
const WITHOUT_CLOCK = { timeout: null, attackTimeout: null, incubationTimeout: null, seedingTimeout: null } as const;

/** Expressions that take quadratic time for some text, and why none of a sender's comes near them. */
const exceptions = new Map([
  ["src/cli/local/runtime/end.ts /\\((.*)\\) \\S (\\d+)/", "reads /proc/<pid>/stat of this machine"],
  ["src/config/url-rules.ts /\\.+$/", "the host of a destination, from the operator's configuration"],
]);

/** Expressions that are put together at run time, and what of. */
const assembled = new Map([["src/cli/permissions/csv.ts", "the separator of the operator's table"]]);

const literal = z.looseObject({ regex: z.object({ pattern: z.string(), flags: z.string() }) });
const construction = z.looseObject({
  type: z.enum(["NewExpression", "CallExpression"]),
  callee: z.looseObject({ name: z.literal("RegExp") }),
});

interface Found {
  readonly file: string;
  readonly pattern: string;
  readonly flags: string;
}

/** Every regular expression of a file, as the parser sees it. */
function expressionsIn(file: string): { literals: Found[]; constructions: number } {
  const literals: Found[] = [];
  let constructions = 0;
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    const found = "regex" in node ? literal.safeParse(node).data : undefined;
    if (found !== undefined) literals.push({ file, ...found.regex });
    if ("callee" in node && construction.safeParse(node).success) constructions++;
    for (const inner of Object.values(node)) visit(inner);
  };
  visit(parseAst(readFileSync(file, "utf8"), { lang: "ts" }));
  return { literals, constructions };
}

const files = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
  .map((name) => `src/${name}`);
const found = files.map((file) => ({ file, ...expressionsIn(file) }));
const literals = found.flatMap((one) => one.literals);
const nameOf = ({ file, pattern, flags }: Found) => `${file} /${pattern}/${flags}`;

describe("the regular expressions of src", () => {
  it("are found", () => {
    expect(literals.length).toBeGreaterThan(80);
    expect(expressionsIn("src/platform/time/instant.ts").literals.length).toBeGreaterThan(2);
  });

  it.each(literals.filter((one) => !exceptions.has(nameOf(one))).map((one) => [nameOf(one), one] as const))(
    "%s takes at most as many steps as its text has characters",
    LIMIT,
    (_, { pattern, flags }) => {
      expect(checkSync(pattern, flags, WITHOUT_CLOCK).status).toBe("safe");
    },
  );

  it("are written as literals, so that they can be checked", () => {
    const built = found.filter(({ constructions }) => constructions > 0).map(({ file }) => file);
    expect(built.filter((file) => !assembled.has(file))).toEqual([]);
  });
});

describe("the checker", () => {
  it.each([
    ["^(.*?)\\s*(<-|->)$", "s"],
    ["\\([^)]*\\)", "g"],
    ["\\s+$", ""],
    ["(a+)+b", ""],
    ["^\\s*\\d+\\s*\\d*$", ""],
  ])("finds what takes longer: /%s/%s", (pattern, flags) => {
    expect(checkSync(pattern, flags, WITHOUT_CLOCK).status).toBe("vulnerable");
  });
});
