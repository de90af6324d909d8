import * as z from "zod";

/** The members that a schema knows at a place in a document; none where any may stand. */
export function namesAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return namesAt(schema.unwrap(), path);
  }
  if (schema instanceof z.ZodPipe) return namesAt(schema.out, path);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => namesAt(option, path));
  const [step, ...rest] = path;
  if (schema instanceof z.ZodRecord) return step === undefined ? [] : namesAt(schema.valueType, rest);
  if (schema instanceof z.ZodArray) return step === undefined ? [] : namesAt(schema.element, rest);
  if (!(schema instanceof z.ZodObject)) return [];
  const shape = new Map<PropertyKey, z.core.$ZodType>(Object.entries(schema.shape));
  if (step === undefined) return Object.keys(schema.shape);
  const member = shape.get(step);
  return member === undefined ? [] : namesAt(member, rest);
}
