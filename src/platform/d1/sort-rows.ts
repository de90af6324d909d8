import type * as z from "zod";

/** The rows that are as they should be, and the others as they are: one must not cost the rest. */
export function sortRows<T>(
  row: z.ZodType<T>,
  found: readonly unknown[],
): { readonly read: T[]; readonly unreadable: unknown[] } {
  const read: T[] = [];
  const unreadable: unknown[] = [];
  for (const one of found) {
    const parsed = row.safeParse(one);
    if (parsed.success) read.push(parsed.data);
    else unreadable.push(one);
  }
  return { read, unreadable };
}
