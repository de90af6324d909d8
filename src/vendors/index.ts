import { generic } from "./generic/index.ts";
import { intelligentContacts } from "./intelligent-contacts/index.ts";
import { ucontact } from "./ucontact/index.ts";
import { vccLive } from "./vcc-live/index.ts";
import type { Vendor } from "./vendor.ts";
import { voiso } from "./voiso/index.ts";

/** Every vendor, one line each. */
export const vendors = {
  "vcc-live": vccLive,
  ucontact: ucontact,
  "intelligent-contacts": intelligentContacts,
  voiso: voiso,
  generic: generic,
} as const satisfies Record<string, Vendor>;

export type VendorId = keyof typeof vendors;
export const vendorIds = Object.keys(vendors).filter((id): id is VendorId => id in vendors);

/** The vendor as its interface, for code that serves them all alike. */
export function vendorOf(id: VendorId): Vendor {
  return vendors[id];
}
