import { phoneOf, type SourceSettings } from "../source-settings.ts";

/** Numbers come with ten digits and no country: the vendor serves the United States. */
export function readNationalPhone(number: string | undefined, source: SourceSettings): string | undefined {
  return phoneOf({ ...source, region: source.region ?? "US" }, number, "national");
}
