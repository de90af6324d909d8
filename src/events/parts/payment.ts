import * as z from "zod";
import { paymentStatus } from "../classes.ts";
import { figure, openId, part, personText, word } from "./scalar.ts";

export const payment = part({
  id: openId,
  status: paymentStatus,
  statusLabel: word,
  message: personText,
  amount: figure().describe("As sent; the vendor does not say whether it counts major or minor units."),
  currency: word.describe("ISO 4217, upper case."),
  method: word,
  gateway: word,
  card: part({ last4: personText, expiry: personText }),
  duringCall: z.boolean(),
});

export type Payment = z.infer<typeof payment>;
