import { isObject, type Json } from "../../events/json.ts";

const VALUES = ["destinations", "*", "where", "*", "*"];

/**
 * A configuration in which the numbers of `where` are texts with every digit that was written: a double would round them.
 * @param value as `JSON.parse` reads it
 * @param exact the same with its digits
 */
export function writeWhereOut(value: unknown, exact: Json, [step, ...rest]: readonly string[] = VALUES): unknown {
  if (step === undefined) return typeof value === "number" && JSON.isRawJSON(exact) ? exact.rawJSON : value;
  if (Array.isArray(value) && Array.isArray(exact) && step === "*") {
    const digits: readonly Json[] = exact;
    return value.map((item: unknown, at) => writeWhereOut(item, digits[at] ?? null, rest));
  }
  if (!isObject(value) || !isObject(exact)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) =>
      step === "*" || step === name ? [name, writeWhereOut(member, exact[name] ?? null, rest)] : [name, member],
    ),
  );
}
