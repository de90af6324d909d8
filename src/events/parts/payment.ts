import * as z from "zod";
import { paymentStatus } from "../classes.ts";
import { figure, id, part, text } from "./scalar.ts";

export const payment = part({
  id,
  status: paymentStatus,
  statusLabel: text,
  message: text,
  amount: figure().describe("As sent; the vendor does not say whether it counts major or minor units."),
  currency: text.describe("ISO 4217, upper case."),
  method: text,
  gateway: text,
  card: part({ last4: text, expiry: text }),
  duringCall: z.boolean(),
});

export type Payment = z.infer<typeof payment>;
