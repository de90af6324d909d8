import * as z from "zod";
import { readJson } from "../../platform/read-json.ts";
import type { VendorId } from "../../vendors/index.ts";
import { Refusal } from "../refusal.ts";
import { readNamedFile } from "../relay/read-file.ts";
import { readSample, type Sample, sampleNames } from "./sample.ts";

const object = z.record(z.string(), z.json());

/**
 * A webhook with a body of one's own, which is sent byte for byte.
 * @param name of a sample whose place in the URL it takes, else the kind in the URL
 */
export async function withOwnBody(vendor: VendorId, name: string | undefined, file: string): Promise<Sample> {
  const text = await readNamedFile(file);
  const body = object.safeParse(readJson(text));
  if (!body.success) throw new Refusal(`${file} is no JSON object`);
  const known = sampleNames(vendor).find((one) => one.toLowerCase() === name?.toLowerCase());
  const sample = known === undefined ? { vendor, name: name ?? "own", kind: name } : readSample(vendor, known);
  return { event: "vendor.unknown", ...sample, method: "POST", body: body.data, text };
}
