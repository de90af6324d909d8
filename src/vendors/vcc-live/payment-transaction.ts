import * as z from "zod";
import { isObject, type JsonObject } from "../../events/json.ts";
import type { Payment } from "../../events/parts/payment.ts";
import { subjects } from "../../events/subject.ts";
import type { Kind } from "../kind.ts";
import { anything, figure, flag, record, text, texts } from "../values/fields.ts";
import { anyBody } from "./any-body.ts";
import { customerOf } from "./customer.ts";
import { someId } from "./ids.ts";
import { distinct } from "./lists.ts";
import { foldName, readAs } from "./names.ts";
import { projectOf } from "./project.ts";
import { timesOf } from "./times.ts";
import { paymentStatusOf } from "./words.ts";

/** https://vcc.live/developers/webhook/async-webhook-requests/payment-transaction */
const schema = z.object({
  client_data: anything,
  in_call: flag,
  numberid: someId,
  payment: record,
  projectid: someId,
  teamids: texts,
  timestamp: text,
  userid: someId,
  username: text,
  uuid: someId,
});

/** `token` and `vposid` are known here only so that they are known: neither becomes part of an event. */
export const transaction = z.object({
  amount: figure,
  card_expiration: text,
  card_number_length: figure,
  card_number_trailing: text,
  currency: text,
  payment_gw: text,
  payment_type: text,
  status: text,
  status_message: text,
  token: anything,
  transactionid: text,
  vposid: anything,
});

const tells = (body: JsonObject) => isObject(body.payment);

export const paymentTransaction = {
  ...anyBody,
  schema,
  tells,
  within: {
    payment: { schema: transaction, fold: foldName, words: { status: (word) => paymentStatusOf(word) !== undefined } },
  },
  window: { times: ["timestamp"] },
  draft: ({ body: object, source }) => {
    const body = readAs(schema, object);
    const payment = readAs(transaction, body.payment);
    const times = timesOf(source);
    const at = times.read(body.timestamp);
    return {
      type: "payment.updated",
      subject: subjects.payment(payment.transactionid),
      callId: body.uuid,
      time: at === undefined ? undefined : { at, from: "vendor" },
      data: {
        payment: paymentOf(payment, body.in_call),
        call: { id: body.uuid },
        agent: { id: body.userid, username: body.username, teamIds: distinct(body.teamids) },
        customer: customerOf(source, body.numberid, body.client_data),
        ...projectOf(source, body.projectid),
      },
      warnings: times.warnings(),
    };
  },
} as const satisfies Kind;

function paymentOf(payment: z.output<typeof transaction>, duringCall: boolean | undefined): Payment {
  return {
    id: payment.transactionid,
    status: paymentStatusOf(payment.status),
    statusLabel: payment.status,
    message: payment.status_message,
    amount: payment.amount,
    currency: payment.currency?.toUpperCase(),
    method: payment.payment_type,
    gateway: payment.payment_gw,
    card: { last4: payment.card_number_trailing?.slice(-4), expiry: payment.card_expiration },
    duringCall,
  };
}
