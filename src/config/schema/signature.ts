import * as z from "zod";
import { headerName } from "./header-name.ts";

/** Seconds by which a signed time may be off: what Standard Webhooks recommends. */
export const DEFAULT_TOLERANCE_SECONDS = 300;

const timestamp = z.strictObject({
  header: headerName,
  /** What stands before the time in its header, such as `t=`. */
  prefix: z.string().min(1).optional(),
  toleranceSeconds: z.number().positive().default(DEFAULT_TOLERANCE_SECONDS),
  /** What is signed. */
  template: z
    .string()
    .regex(/^[^{}]*\{timestamp\}[^{}]*\{body\}[^{}]*$/, "has {timestamp}, then {body}, each once")
    .default("{timestamp}.{body}"),
});

const hmac = z.strictObject({
  algorithm: z.enum(["sha256", "sha1", "sha512"]),
  header: headerName,
  encoding: z.enum(["hex", "base64"]),
  /** What stands before the signature in its header, such as `sha256=`. */
  prefix: z.string().min(1).optional(),
  timestamp: timestamp.optional(),
});

/** How webhooks are signed, where the keys of a source are the secrets of a signature and are never sent. */
export const signature = z.union([z.literal("standard-webhooks"), hmac]);

export type HmacScheme = z.infer<typeof hmac>;
export type SignatureScheme = z.infer<typeof signature>;

/** The header that carries the signature. */
export function signatureHeader(scheme: SignatureScheme): string {
  return scheme === "standard-webhooks" ? "webhook-signature" : scheme.header;
}
