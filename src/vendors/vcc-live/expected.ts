import type { JsonObject } from "../../events/json.ts";
import { isObject } from "../../events/json.ts";
import { cutWord, readText } from "../../events/values/read.ts";
import type { Expected, ExpectedBody, Labelled } from "../expected.ts";
import type { WebhookContent } from "../vendor.ts";
import { account } from "./account.ts";
import { disposition } from "./disposition.ts";
import { type KindName, kindNames, kinds, kindsByShape } from "./kinds.ts";
import { fold, readAs, spell } from "./names.ts";
import { transaction } from "./payment-transaction.ts";
import { ticket } from "./ticket.ts";
import { line } from "./transcript.ts";
import { assessmentOf, chatOutcomeOf, directionOf, paymentStatusOf } from "./words.ts";

const isOneOf = (...words: readonly string[]) => {
  const known = new Set(words);
  return (word: string) => known.has(cutWord(word).toLowerCase());
};
const isDirection = (word: string) => directionOf(word) !== undefined;
const isAssessment = (word: string) => assessmentOf(word) !== undefined;

const user: Expected = { schema: account, fold, words: { state: isOneOf("active", "inactive") } };

/** What each kind has beside the fields of its schema. Custom data is the tenant's own. */
const beyond = {
  "project-login": {},
  user: { within: { old: user, new: user } },
  "call-disposition": {
    words: { direction: isDirection },
    within: {
      disposition: {
        schema: disposition,
        fold,
        words: { assesment: isAssessment, assessment: isAssessment },
        labels: dispositionLabels,
      },
    },
  },
  "payment-transaction": {
    within: {
      payment: { schema: transaction, fold, words: { status: (word) => paymentStatusOf(word) !== undefined } },
    },
  },
  sms: { words: { direction: isDirection } },
  email: { words: { direction: isDirection } },
  chat: {
    words: { disposition: (word) => chatOutcomeOf(word) !== undefined },
    within: { conversation: { schema: line, fold } },
  },
  "ticket-status": {
    words: { action: isOneOf("add", "update", "delete") },
    within: {
      ticket: {
        schema: ticket,
        fold,
        words: {
          // The page lists no word for an open ticket.
          status: isOneOf("park", "closed"),
          substatus: isOneOf("waiting4agent", "waiting4entity", "successful", "unsuccessful"),
        },
        labels: campaignLabels,
      },
    },
  },
} as const satisfies Record<KindName, Omit<Expected, "schema" | "fold">>;

/** What is expected of a body of the kind in its URL, else of the kind whose shape it has. */
export function expectedOf({ body, kind, login }: WebhookContent): ExpectedBody | undefined {
  if (!isObject(body)) return undefined;
  const shaped = kindsByShape(body);
  const name = kindNames.find((known) =>
    login !== undefined ? known === "project-login" : kind === undefined ? known === shaped[0] : known === kind,
  );
  if (name === undefined) return undefined;
  return { body, expected: { schema: kinds[name].schema, fold, labels: campaignLabels, ...beyond[name] } };
}

/** A disposition without a name of its own says nothing but its id. */
function dispositionLabels(object: JsonObject): Labelled[] {
  const { id, dispositionId, name, label, title } = readAs(disposition, object);
  return [{ kind: "disposition", ids: [id ?? dispositionId, name ?? label ?? title], own: true }];
}

function campaignLabels(object: JsonObject): Labelled[] {
  const { projectId } = spell(object, ticket.shape);
  return [{ kind: "campaign", ids: [readText(projectId)] }];
}
