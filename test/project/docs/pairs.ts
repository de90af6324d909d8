import { existsSync } from "node:fs";
import type { HookEvent } from "../../../src/events/envelope.ts";
import { type VendorId, vendorIds, vendorOf } from "../../../src/vendors/index.ts";
import { fixturesOf } from "../../vendors/fixtures.ts";

/** A fixture and the event that it becomes. */
export interface Pair {
  readonly vendor: VendorId;
  readonly name: string;
  /** The body's path in the repository; the event stands beside it. */
  readonly path: string;
  readonly event: HookEvent;
}

/** The vendors that have a page; the others are not written of. */
export const documented = vendorIds.filter((id) => existsSync(`docs/vendors/${id}.md`));

/** Every fixture of every documented vendor: vendors in the order of the registry, fixtures by name. */
export async function readPairs(): Promise<Pair[]> {
  const found = documented.map((vendor) =>
    Promise.all(
      fixturesOf(vendorOf(vendor)).map(async ({ name, file, event }): Promise<Pair> => {
        return { vendor, name, path: `test/vendors/${vendor}/${file}`, event: await event() };
      }),
    ),
  );
  return (await Promise.all(found)).flatMap((pairs) => pairs.toSorted((a, b) => (a.name < b.name ? -1 : 1)));
}

/** What is peculiar to a pair, as its name tells; undefined when nothing is. */
export function quirkOf({ name, event }: Pair): string | undefined {
  const kinds = [event.vendorevent, event.vendorevent.replace(/(?<=.)(?=[A-Z])/g, "-").toLowerCase()];
  const kind = kinds.find((prefix) => name === prefix || name.startsWith(`${prefix}.`)) ?? "";
  const rest = name.slice(kind.length).replace(/^\./, "");
  return rest === "" ? undefined : rest.replaceAll(/[.-]/g, " ");
}
