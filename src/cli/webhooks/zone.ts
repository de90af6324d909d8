import type { VendorId } from "../../vendors/index.ts";
import { demoAccounts } from "../demo/account.ts";

/** The zone of a vendor's zoneless times in samples, which its demo account runs on; UTC where there are none. */
export function sampleZoneOf(vendor: VendorId): string {
  const zone = demoAccounts.get(vendor)?.settings.timezone;
  return typeof zone === "string" ? zone : "UTC";
}
