import { describe, expect, it } from "vitest";
import { published } from "../../../src/api/schemas/published.ts";
import { isObject } from "../../../src/events/json.ts";

const all = published().filter(({ kind }) => kind !== "example");

/** Members that nobody has described, neither where they stand nor where they lead. */
function undescribed(document: unknown): string[] {
  const missing: string[] = [];
  const isDescribed = (schema: unknown): boolean => {
    if (!isObject(schema)) return false;
    if (typeof schema.$ref === "string") return isDescribed(at(document, schema.$ref));
    return typeof schema.description === "string" && schema.description !== "";
  };
  const walk = (value: unknown, path: string): void => {
    for (const [index, item] of Array.isArray(value) ? value.entries() : []) walk(item, `${path}/${index}`);
    if (!isObject(value)) return;
    const properties = isSchemaAt(path) && isObject(value.properties) ? value.properties : {};
    for (const [name, member] of Object.entries(properties)) {
      if (!isDescribed(member)) missing.push(`${path}/${name}`);
    }
    for (const [name, inner] of Object.entries(value)) walk(inner, `${path}/${name}`);
  };
  walk(document, "");
  return missing;
}

/** A member may be called "properties" itself. */
function isSchemaAt(path: string): boolean {
  return !/\/(?:examples|properties)$/.test(path);
}

function at(document: unknown, reference: string): unknown {
  return reference
    .slice(2)
    .split("/")
    .reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), document);
}

function inside(value: unknown): readonly Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(inside);
  if (!isObject(value)) return [];
  return [value, ...Object.values(value).flatMap(inside)];
}

describe.each(all)("$path", ({ make }) => {
  const document = make("https://relay.example.com");

  it("describes every member", () => {
    expect(undescribed(document)).toEqual([]);
  });

  it("leads only to what it has, and has nothing beside a reference, which generators would copy", () => {
    for (const { $ref, ...rest } of inside(document).filter(({ $ref }) => typeof $ref === "string")) {
      expect([$ref, at(document, String($ref)) !== undefined, rest]).toEqual([$ref, true, {}]);
    }
  });

  it("has no pattern that other languages could not read, or that nobody could", () => {
    const patterns = inside(document).flatMap(({ pattern }) => (typeof pattern === "string" ? [pattern] : []));
    expect(patterns.filter((pattern) => pattern.length > 120 || /\(\?[!=<]/.test(pattern))).toEqual([]);
  });
});

describe("objects and closed words of events", () => {
  const events = all.filter(({ path }) => path === "events.json").map(({ make }) => make("https://relay.example.com"));

  it("have names, by which generators call them", () => {
    expect(events).toHaveLength(1);
    const nameless = inside(events).filter(
      ({ properties, enum: words, title }) => (isObject(properties) || Array.isArray(words)) && title === undefined,
    );
    // The members of a schema that has members called so.
    expect(nameless.filter(({ type }) => type === "object" || type === "string")).toEqual([]);
  });
});
