import { envelope } from "../../../src/events/envelope.ts";
import { anyEventJsonSchema, dataJsonSchema } from "../../../src/events/schemas.ts";
import { type EventType, eventTypes } from "../../../src/events/types.ts";
import type { JsonSchema } from "../../../src/platform/json-schema/inner.ts";
import { publishSchema } from "../../../src/platform/json-schema/publish.ts";
import { writeMembers } from "../../../src/platform/json-schema/write.ts";

const WIDTH = 120;

/** The vocabulary as TypeScript, without imports, so that it compiles in any project under any settings. */
export function printDeclarations(): string {
  const shape = publishSchema(writeMembers(envelope));
  const { type: _, data: __, ...attributes } = shape.properties ?? {};
  return `${[
    `/**
 * The public vocabulary, for projects downstream: \`import type { HookEvent } from "hookswitch/events"\`.
 * Written by \`npx vitest run --project node test/project/docs.test.ts -u\` from the schemas beside it.
 */

/** An event of one type, or of any: \`if (event.type === "call.completed") event.data.call\`. */
export type HookEvent<T extends EventType = EventType> = {
  [Type in T]: Envelope & { type: Type; data: EventData<Type> };
}[T];

export type EventType = keyof DataByType;

/** What stands in \`data\` of an event of type T. */
export type EventData<T extends EventType = EventType> = DataByType[T];`,
    `/** The attributes that events of all types have (CloudEvents 1.0). */
export interface Envelope ${block({ ...shape, properties: attributes }, "")}`,
    `/** \`data\` by type: every part is left out when nothing is known of it. */
export interface DataByType {\n${eventTypes.map(printData).join("\n")}\n}`,
    ...definitions().map(
      ([title, schema]) =>
        `/** ${schema.description} */\n${schema.properties === undefined ? declare(title, schema) : `export interface ${title} ${block(schema, "")}`}`,
    ),
  ].join("\n\n")}\n`;
}

/** What events of all types are made of, by title: parts, what stands in them, and closed lists of words. */
function definitions(): [string, JsonSchema][] {
  const { $defs = {}, oneOf = [] } = anyEventJsonSchema();
  const events = new Set(oneOf.map(titleAt));
  return Object.entries($defs).filter(([title]) => !events.has(title) && !events.has(title.replace(/Data$/, "")));
}

function titleAt({ $ref = "" }: JsonSchema): string {
  return $ref.replace("#/$defs/", "");
}

function declare(title: string, schema: JsonSchema): string {
  const type = typeOf(schema, "");
  const line = `export type ${title} = ${type};`;
  return line.length <= WIDTH
    ? line
    : `export type ${title} =${type
        .split(" | ")
        .map((word) => `\n  | ${word}`)
        .join("")};`;
}

function printData(type: EventType): string {
  const { properties = {} } = dataJsonSchema(type);
  const fields = Object.entries(properties).map(([name, field]) => member(name, withoutWords(field), true, "    "));
  return `  "${type}": {\n${fields.join("\n")}\n  };`;
}

/** What stands in the data of every type is not said again for each. */
function withoutWords(field: JsonSchema | boolean): JsonSchema | boolean {
  return typeof field === "boolean" ? field : { ...field, description: undefined };
}

function block(schema: JsonSchema, indent: string): string {
  const required = new Set(schema.required);
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) =>
    member(name, field, !required.has(name), `${indent}  `),
  );
  return `{\n${fields.join("\n")}\n${indent}}`;
}

function member(name: string, field: JsonSchema | boolean, optional: boolean, indent: string): string {
  const start = `${indent}${name}${optional ? "?" : ""}:`;
  const remark = typeof field === "object" && field.description ? `${indent}/** ${field.description} */\n` : "";
  const type = typeOf(field, indent);
  const fits = type.includes("\n") || `${start} ${type};`.length <= WIDTH;
  const broken = type.split(" | ").map((word) => `\n${indent}  | ${word}`);
  return `${remark}${start}${fits ? ` ${type}` : broken.join("")};`;
}

function typeOf(schema: JsonSchema | boolean, indent: string): string {
  if (typeof schema === "boolean") return "unknown";
  if (schema.$ref !== undefined) return titleAt(schema);
  if (schema.enum !== undefined) return schema.enum.map((word) => JSON.stringify(word)).join(" | ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.anyOf !== undefined) return schema.anyOf.map((one) => typeOf(one, indent)).join(" | ");
  // Nullable fields have several types.
  if (Array.isArray(schema.type)) return schema.type.includes("array") ? "unknown" : schema.type.join(" | ");
  if (schema.type === "array") return `${typeOf(itemsOf(schema), indent)}[]`;
  if (schema.type !== "object") return schema.type ?? "unknown";
  const { additionalProperties: values = {} } = schema;
  return schema.properties === undefined ? `Record<string, ${typeOf(values, indent)}>` : block(schema, indent);
}

function itemsOf({ items }: JsonSchema): JsonSchema | boolean {
  return Array.isArray(items) ? {} : (items ?? {});
}
