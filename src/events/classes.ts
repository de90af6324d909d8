import * as z from "zod";

/** The closed classes. The vendor's own word always stays beside them, in the field ending in `Label`. */
export const direction = z
  .enum(["inbound", "outbound", "internal"])
  .meta({ title: "Direction", description: "Which way it went." });
export const outcome = z
  .enum([
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
  ])
  .meta({ title: "Outcome", description: "How it ended: a call, a message or a conversation." });
export const status = z
  .enum(["available", "busy", "wrap_up", "break", "offline"])
  .meta({ title: "Availability", description: "Whether an agent takes work." });
export const dispositionOutcome = z.enum(["reached", "goal", "not_reached"]).meta({
  title: "DispositionOutcome",
  description: "What a disposition says of the customer: reached, reached and the goal met, or not reached.",
});
export const paymentStatus = z
  .enum(["pending", "succeeded", "failed"])
  .meta({ title: "PaymentStatus", description: "What has become of a payment; succeeded and failed are final." });
export const endedBy = z
  .enum(["agent", "customer", "system"])
  .meta({ title: "EndedBy", description: "Who ended the call." });
export const complianceRule = z.enum(["reg_f", "dnc", "call_cap"]).meta({
  title: "ComplianceRule",
  description: "The rule that stopped a contact: Regulation F, a do-not-call list, a cap on calls.",
});

export type Direction = z.infer<typeof direction>;
export type CallOutcome = z.infer<typeof outcome>;
export type Status = z.infer<typeof status>;
export type DispositionOutcome = z.infer<typeof dispositionOutcome>;
export type PaymentStatus = z.infer<typeof paymentStatus>;
export type EndedBy = z.infer<typeof endedBy>;
export type ComplianceRule = z.infer<typeof complianceRule>;
