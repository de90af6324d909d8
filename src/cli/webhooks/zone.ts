import type { VendorId } from "../../vendors/index.ts";

/** The clock that each vendor's demo account runs on; IANA zones. */
const zones = {
  "vcc-live": "Europe/Budapest",
  ucontact: "America/Montevideo",
  "intelligent-contacts": "America/Chicago",
} as const satisfies Partial<Record<VendorId, string>>;

/** The zone of a vendor's zoneless times in samples and in the demo's configuration; UTC where there are none. */
export function zoneOf(vendor: VendorId): string {
  return new Map<string, string>(Object.entries(zones)).get(vendor) ?? "UTC";
}
