import type { Kind } from "../kind.ts";
import { callDisposition } from "./call-disposition.ts";
import { chat } from "./chat.ts";
import { email } from "./email.ts";
import { paymentTransaction } from "./payment-transaction.ts";
import { projectLogin } from "./project-login.ts";
import { sms } from "./sms.ts";
import { ticketStatus } from "./ticket-status.ts";
import { user } from "./user.ts";

/** Every kind by its name in the URL: no body of VCC Live names its own. */
export const kinds = {
  "project-login": projectLogin,
  user,
  "call-disposition": callDisposition,
  "payment-transaction": paymentTransaction,
  sms,
  email,
  chat,
  "ticket-status": ticketStatus,
} as const satisfies Record<string, Kind>;
