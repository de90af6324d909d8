import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as z from "zod";
import { eventTypes } from "../../events/types.ts";
import { type VendorId, vendorIds } from "../../vendors/index.ts";
import { Refusal } from "../refusal.ts";

const sampleFile = z.strictObject({
  /** The type of the event that it becomes. */
  event: z.enum(eventTypes),
  /** The kind in the URL, where the body does not name it. */
  kind: z.string().optional(),
  /** GET carries the body in the query. */
  method: z.enum(["GET", "POST"]).default("POST"),
  body: z.record(z.string(), z.json()),
});

export type SampleValue = z.infer<ReturnType<typeof z.json>>;

/** A webhook as a vendor's own pages print it, with placeholders for what is new each time. */
export interface Sample extends z.infer<typeof sampleFile> {
  readonly vendor: VendorId;
  readonly name: string;
  /** The body as it is sent, where that is not the printed `body`. */
  readonly text?: string | undefined;
}

const folder = new URL("../samples/", import.meta.url);

/** The vendor of that name. */
export function vendorNamed(name: string): VendorId {
  const id = vendorIds.find((known) => known === name);
  if (id === undefined) throw new Refusal(`there is no vendor ${name}; there are ${vendorIds.join(", ")}`);
  return id;
}

/** The names of a vendor's samples, sorted; none where nobody knows what it sends. */
export function sampleNames(vendor: VendorId): string[] {
  const samples = new URL(`${vendor}/`, folder);
  if (!existsSync(samples)) return [];
  return readdirSync(samples)
    .map((file) => file.replace(/\.json$/, ""))
    .sort();
}

/** The sample of that name, in any case of letters. */
export function readSample(vendor: VendorId, name: string): Sample {
  const names = sampleNames(vendor);
  const known = names.find((one) => one.toLowerCase() === name.toLowerCase());
  if (known === undefined) throw new Refusal(`there is no sample ${name} of ${vendor}; there are ${names.join(", ")}`);
  const text = readFileSync(new URL(`${vendor}/${known}.json`, folder), "utf8");
  return { ...sampleFile.parse(JSON.parse(text)), vendor, name: known };
}
