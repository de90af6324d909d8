import * as z from "zod";
import { envelope } from "../../../src/events/envelope.ts";
import { parts } from "../../../src/events/parts/index.ts";
import { dataJsonSchema } from "../../../src/events/schemas.ts";
import { type EventType, eventTypes } from "../../../src/events/types.ts";

type Schema = z.core.JSONSchema.BaseSchema;

const WIDTH = 120;
const isPart = (name: string) => Object.hasOwn(parts, name);
const interfaceOf = (part: string) => part.charAt(0).toUpperCase() + part.slice(1);

/** The vocabulary as TypeScript, without imports, so that it compiles in any project under any settings. */
export function printDeclarations(): string {
  const { type: _, data: __, ...attributes } = schemaOf(envelope).properties ?? {};
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
export interface Envelope ${block({ ...schemaOf(envelope), properties: attributes }, "")}`,
    `/** \`data\` by type: every part is left out when nothing is known of it. */
export interface DataByType {\n${eventTypes.map(printData).join("\n")}\n}`,
    ...Object.entries(parts).map(
      ([name, part]) => `export interface ${interfaceOf(name)} ${block(schemaOf(part), "")}`,
    ),
  ].join("\n\n")}\n`;
}

function schemaOf(schema: z.ZodType): Schema {
  return z.toJSONSchema(schema, { io: "input" });
}

function printData(type: EventType): string {
  const fields = Object.entries(dataJsonSchema(type).properties ?? {}).map(([name, field]) =>
    isPart(name) ? `    ${name}?: ${interfaceOf(name)};` : member(name, field, true, "    "),
  );
  return `  "${type}": {\n${fields.join("\n")}\n  };`;
}

function block(schema: Schema, indent: string): string {
  const required = new Set(schema.required);
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) =>
    member(name, field, !required.has(name), `${indent}  `),
  );
  return `{\n${fields.join("\n")}\n${indent}}`;
}

function member(name: string, field: Schema | boolean, optional: boolean, indent: string): string {
  const start = `${indent}${name}${optional ? "?" : ""}:`;
  const remark = typeof field === "object" && field.description ? `${indent}/** ${field.description} */\n` : "";
  const type = typeOf(field, indent);
  const fits = type.includes("\n") || `${start} ${type};`.length <= WIDTH;
  const broken = type.split(" | ").map((word) => `\n${indent}  | ${word}`);
  return `${remark}${start}${fits ? ` ${type}` : broken.join("")};`;
}

function typeOf(schema: Schema | boolean, indent: string): string {
  if (typeof schema === "boolean") return "unknown";
  if (schema.enum !== undefined) return schema.enum.map((word) => JSON.stringify(word)).join(" | ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.anyOf !== undefined) return schema.anyOf.map((one) => typeOf(one, indent)).join(" | ");
  // Nullable fields have several types.
  if (Array.isArray(schema.type)) return schema.type.join(" | ");
  if (schema.type === "array") return `${typeOf(itemsOf(schema), indent)}[]`;
  if (schema.type !== "object") return schema.type ?? "unknown";
  const { additionalProperties: values = {} } = schema;
  return schema.properties === undefined ? `Record<string, ${typeOf(values, indent)}>` : block(schema, indent);
}

function itemsOf({ items }: Schema): Schema | boolean {
  return Array.isArray(items) ? {} : (items ?? {});
}
