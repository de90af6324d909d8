import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import type { envelope } from "../../src/events/envelope.ts";
import type * as published from "../../src/events/index.ts";
import type { RawNumber } from "../../src/events/json.ts";
import type { EventData, EventType } from "../../src/events/types.ts";

/** What a project downstream writes; each expected error is one that it must get. */
const consumer = `import type { EventData, EventType, HookEvent } from "hookswitch/events";

export function talkOf(event: HookEvent): number | undefined {
  if (event.type === "call.completed") return event.data.call?.durations?.talk;
  // @ts-expect-error a login has no call
  if (event.type === "login.decided") return event.data.call;
  // @ts-expect-error no event has this type
  if (event.type === "call.exploded") return 0;
  // @ts-expect-error a type has to be told apart first
  return event.data.payment?.amount;
}

export function statusOf(event: HookEvent<"payment.updated">): "pending" | "succeeded" | "failed" | undefined {
  return event.data.payment?.status;
}

export const data: EventData<"ticket.updated"> = { ticket: { id: "302", title: null, changed: ["title"] } };
// @ts-expect-error ids are strings
export const wrong: EventData<"ticket.updated"> = { ticket: { id: 302 } };

export function idOf<T extends EventType>(event: HookEvent<T>): string {
  return event.id;
}
`;

const strict = {
  target: "es2022",
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  types: [],
};

/** Settings that projects have; none of them allows the extensions that imports have in here. */
const settings = {
  "Node, compiled": { ...strict, module: "nodenext", outDir: "dist", rootDir: "." },
  "a bundler": { ...strict, module: "esnext", moduleResolution: "bundler", noEmit: true },
} as const;

const project = mkdtempSync(join(tmpdir(), "hookswitch-downstream-"));

beforeAll(() => {
  // What an installed package is: a copy, without the dependencies that its types could do without.
  const installed = join(project, "node_modules/hookswitch");
  mkdirSync(installed, { recursive: true });
  cpSync("package.json", join(installed, "package.json"));
  cpSync("src", join(installed, "src"), { recursive: true });
  writeFileSync(join(project, "package.json"), '{ "type": "module" }');
  writeFileSync(join(project, "consumer.ts"), consumer);
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

function compile(compilerOptions: object): string {
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["consumer.ts"] }));
  try {
    return execFileSync(resolve("node_modules/.bin/tsc"), ["-p", project], { encoding: "utf8" });
  } catch (error) {
    return error instanceof Error && "stdout" in error ? String(error.stdout) : String(error);
  }
}

describe("a project downstream", () => {
  it.each(Object.entries(settings))("imports the types and tells events apart by type: %s", (_, options) => {
    expect(compile(options)).toBe("");
  });

  it("is told of what an event does not have", () => {
    writeFileSync(join(project, "consumer.ts"), consumer.replaceAll(/^.*@ts-expect-error.*$/gm, ""));
    const found = compile(settings["a bundler"]).match(/consumer\.ts/g);
    expect(found).toHaveLength(4);
  });
});

/** What is left of a value in JSON: a number that is kept as it was written is a number like any other. */
type Printed<T> = T extends RawNumber
  ? number
  : T extends readonly (infer Item)[]
    ? Printed<Item>[]
    : T extends object
      ? { [Name in keyof T]: Printed<T[Name]> }
      : T;

describe("the types for projects downstream", () => {
  it("are those of the schemas, type by type", () => {
    type Same = { [T in EventType]: published.EventData<T> extends EventData<T> ? true : T }[EventType];
    type SameBack = { [T in EventType]: Printed<EventData<T>> extends published.EventData<T> ? true : T }[EventType];
    expectTypeOf<Same>().toEqualTypeOf<true>();
    expectTypeOf<SameBack>().toEqualTypeOf<true>();
    expectTypeOf<published.EventType>().toEqualTypeOf<EventType>();
  });

  it("have the attributes of the envelope", () => {
    type Attributes = Omit<(typeof envelope)["_output"], "type" | "data">;
    expectTypeOf<keyof published.Envelope>().toEqualTypeOf<keyof Attributes>();
    // For those who receive events an id is a text.
    expectTypeOf<published.Envelope>().toExtend<Omit<Attributes, "id"> & { id: string }>();
    expectTypeOf<Attributes>().toExtend<published.Envelope>();
  });
});
