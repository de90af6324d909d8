import type { JsonObject } from "../../events/json.ts";
import { callDisposition } from "./call-disposition.ts";
import { chat } from "./chat.ts";
import { email } from "./email.ts";
import type { Kind } from "./kind.ts";
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

export type KindName = keyof typeof kinds;
export const kindNames = Object.keys(kinds).filter((name): name is KindName => name in kinds);

/** The kind of that name, as its interface. */
export function kindNamed(name: KindName): Kind {
  return kinds[name];
}

/** Whether a kind has that name. */
export function isKindName(name: string | undefined): name is KindName {
  return kindNames.some((known) => known === name);
}

/** The kinds whose shape a body has. */
export function kindsByShape(body: JsonObject): KindName[] {
  return kindNames.filter((name) => kindNamed(name).tells?.(body) === true);
}
