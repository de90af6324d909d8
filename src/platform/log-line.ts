type Field = string | number | boolean | null | undefined | readonly Field[] | { readonly [name: string]: Field };

/**
 * One wide line per outcome: JSON with stable names; ids, never bodies, keys or queries.
 * @param event what happened, e.g. `webhook.received`, `login.decided`, `delivery.attempted`
 */
export function logLine(
  level: "info" | "warn" | "error",
  event: string,
  fields: Readonly<Record<string, Field>>,
): void {
  console[level](JSON.stringify({ event, ...fields }));
}
