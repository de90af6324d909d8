import * as z from "zod";
import { headerName } from "./header-name.ts";

/** Seconds by which a signed time may be off: what Standard Webhooks recommends. */
export const DEFAULT_TOLERANCE_SECONDS = 300;

const timestamp = z
  .strictObject({
    header: headerName.describe("the header that has the time"),
    prefix: z.string().min(1).optional().describe("what stands before the time in its header, such as t="),
    toleranceSeconds: z
      .number()
      .positive()
      .default(DEFAULT_TOLERANCE_SECONDS)
      .describe("seconds by which the time may be off"),
    template: z
      .string()
      .regex(/^[^{}]*\{timestamp\}[^{}]*\{body\}[^{}]*$/, "has {timestamp}, then {body}, each once")
      .default("{timestamp}.{body}")
      .describe("what is signed"),
  })
  .meta({ title: "SignedTime", description: "How the time is signed along." });

const hmac = z
  .strictObject({
    algorithm: z.enum(["sha256", "sha1", "sha512"]).describe("the hash of the HMAC"),
    header: headerName.describe("the header that has the signature"),
    encoding: z.enum(["hex", "base64"]).describe("how the signature is written"),
    prefix: z.string().min(1).optional().describe("what stands before the signature in its header, such as sha256="),
    timestamp: timestamp.optional(),
  })
  .meta({ title: "Hmac", description: "A signature by HMAC." });

/** How webhooks are signed, where the keys of a source are the secrets of a signature and are never sent. */
export const signature = z.union([z.literal("standard-webhooks"), hmac]);

export type HmacScheme = z.infer<typeof hmac>;
export type SignatureScheme = z.infer<typeof signature>;

/** The header that carries the signature. */
export function signatureHeader(scheme: SignatureScheme): string {
  return scheme === "standard-webhooks" ? "webhook-signature" : scheme.header;
}
