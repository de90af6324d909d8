import * as z from "zod";
import { paymentStatus } from "../classes.ts";
import { figure, openId, part, personText, word } from "./scalar.ts";

const card = part({
  last4: personText.describe("Its last four digits."),
  expiry: personText.describe("As the vendor writes it."),
}).meta({ title: "Card", description: "The card that was used." });

export const payment = part({
  id: openId.describe("The vendor's id of the payment."),
  status: paymentStatus,
  statusLabel: word.describe("The vendor's own word for the status."),
  message: personText.describe("What the gateway said."),
  amount: figure().describe("As sent; the vendor does not say whether it counts major or minor units."),
  currency: word.describe("ISO 4217, upper case."),
  method: word.describe("How it was paid, in the vendor's word."),
  gateway: word.describe("Who carried it out."),
  card,
  duringCall: z.boolean().describe("Whether the customer was on the phone."),
}).meta({ title: "Payment", description: "A payment, and what has become of it." });

export type Payment = z.infer<typeof payment>;
