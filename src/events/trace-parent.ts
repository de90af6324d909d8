import * as z from "zod";
import { shown } from "../platform/shown.ts";

/**
 * The caller's place in its trace, as W3C Trace Context writes it (version 00): trace, span and flags, in lower case. The
 * CloudEvents extension for distributed tracing has the same name and form.
 */
export const traceParent = z
  .string()
  .regex(/^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/)
  .meta({
    description: "The vendor's trace context, where its request had one.",
    // Not every language has look-aheads.
    pattern: "^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$",
  })
  .register(shown, { as: "open" });

export type TraceParent = z.infer<typeof traceParent>;
