import * as z from "zod";

type Schema = z.core.JSONSchema.BaseSchema;

const schema = z.custom<Schema>((value) => typeof value === "object" && value !== null);
const content = z.object({ "application/json": z.object({ schema }) });
const answer = z.record(z.string(), z.object({ schema }));
const operation = z.object({
  operationId: z.string(),
  parameters: z.array(z.object({ name: z.string(), in: z.enum(["path", "query"]), required: z.boolean(), schema })),
  requestBody: z.object({ required: z.boolean(), content }).optional(),
  responses: z.object({ 200: z.object({ content: answer }) }),
});
const document = z.object({ paths: z.record(z.string(), z.record(z.string(), operation)) });

/**
 * The types of a client for an OpenAPI document: what each operation takes and gives. (openapi-typescript needs a compiler
 * that TypeScript 7 does not have any more.)
 */
export function printClient(json: unknown): string {
  const operations = Object.values(document.parse(json).paths).flatMap((methods) => Object.values(methods));
  return `export interface Operations {\n${operations.map(printOperation).join("\n")}\n}
export declare function call<Name extends keyof Operations>(
  name: Name,
  takes: Operations[Name]["takes"],
): Promise<Operations[Name]["gives"]>;
`;
}

function printOperation({ operationId, parameters, requestBody, responses }: z.infer<typeof operation>): string {
  const members = (["path", "query"] as const).flatMap((place) => {
    const fields = parameters.filter((one) => one.in === place);
    const isNeeded = fields.some(({ required }) => required);
    const types = fields.map(({ name, required, schema }) => `"${name}"${required ? "" : "?"}: ${typeOf(schema)}`);
    return fields.length === 0 ? [] : [`${place}${isNeeded ? "" : "?"}: { ${types.join("; ")} }`];
  });
  const body =
    requestBody === undefined
      ? []
      : [`body${requestBody.required ? "" : "?"}: ${typeOf(requestBody.content["application/json"].schema)}`];
  const gives = typeOf(responses[200].content["application/json"]?.schema ?? { type: "string" });
  return `  ${operationId}: { takes: { ${[...members, ...body].join("; ")} }; gives: ${gives} };`;
}

function typeOf(schema: Schema | boolean): string {
  if (typeof schema === "boolean") return "unknown";
  const words = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  if (words !== undefined) return words.map((word) => JSON.stringify(word)).join(" | ");
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives !== undefined) return alternatives.map((one) => `(${typeOf(one)})`).join(" | ");
  // What may be null as well.
  if (Array.isArray(schema.type)) return schema.type.join(" | ");
  if (schema.type === "array") return `(${Array.isArray(schema.items) ? "unknown" : typeOf(schema.items ?? true)})[]`;
  if (schema.type === "integer") return "number";
  if (schema.type !== "object") return typeof schema.type === "string" ? schema.type : "unknown";
  if (schema.properties === undefined) return `Record<string, ${typeOf(schema.additionalProperties ?? true)}>`;
  const required = new Set(schema.required);
  const members = Object.entries(schema.properties).map(
    ([name, member]) => `"${name}"${required.has(name) ? "" : "?"}: ${typeOf(member)}`,
  );
  return `{ ${members.join("; ")} }`;
}
