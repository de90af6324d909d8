import { existsSync, readFileSync } from "node:fs";
import * as z from "zod";
import { type VendorId, vendorIds } from "../../vendors/index.ts";

const document = z.record(z.string(), z.json());

/** Another form in which samples can come. */
const form = z.strictObject({
  /** The one sample that can; all of them, unless given. */
  of: z.string().optional(),
  /** What is special about it. */
  remark: z.string(),
  method: z.enum(["GET", "POST"]).optional(),
  /** Members that differ, or stand beside the body. */
  body: document.default({}),
  /** The member that holds the whole body of the sample. */
  within: z.string().optional(),
});

export type DemoForm = z.infer<typeof form>;

/** `demo.json` of a vendor: its account in the demo. */
const demoAccount = z.strictObject({
  source: z.string(),
  /** Settings of the source besides its vendor and keys. */
  settings: document.default({}),
  /** A permission map that answers the vendor's sample of a login as its manual prints the answer, if it has one. */
  permissions: document.optional(),
  forms: z.array(form).default([]),
});

export type DemoAccount = z.infer<typeof demoAccount>;

/** The accounts of the vendors that have one, in the order of the registry. They are no part of the Worker. */
export const demoAccounts: ReadonlyMap<VendorId, DemoAccount> = new Map(
  vendorIds.flatMap((vendor) => {
    const file = new URL(`../../vendors/${vendor}/demo.json`, import.meta.url);
    return existsSync(file) ? [[vendor, demoAccount.parse(JSON.parse(readFileSync(file, "utf8")))] as const] : [];
  }),
);
