import * as z from "zod";

/** The closed classes. The vendor's own word always stays beside them, in the field ending in `Label`. */
export const direction = z.enum(["inbound", "outbound", "internal"]);
export const outcome = z.enum([
  "answered",
  "no_answer",
  "busy",
  "failed",
  "abandoned",
  "missed",
  "rejected",
  "voicemail",
  "machine",
  "blocked",
  "sent",
  "delivered",
  "undelivered",
]);
export const status = z.enum(["available", "busy", "wrap_up", "break", "offline"]);
export const dispositionOutcome = z.enum(["reached", "goal", "not_reached"]);
export const paymentStatus = z.enum(["pending", "succeeded", "failed"]);
export const endedBy = z.enum(["agent", "customer", "system"]);
export const complianceRule = z.enum(["reg_f", "dnc", "call_cap"]);

export type Direction = z.infer<typeof direction>;
export type CallOutcome = z.infer<typeof outcome>;
export type Status = z.infer<typeof status>;
export type DispositionOutcome = z.infer<typeof dispositionOutcome>;
export type PaymentStatus = z.infer<typeof paymentStatus>;
export type EndedBy = z.infer<typeof endedBy>;
export type ComplianceRule = z.infer<typeof complianceRule>;
