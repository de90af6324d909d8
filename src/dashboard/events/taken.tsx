import { pagePath } from "../parts/address.ts";
import type { ToldEvents } from "./told.ts";

const words: Readonly<Record<string, string>> = {
  event: "the id of an event",
  receipt: "a receipt",
  request: "the id of a refused request",
  subject: "a subject",
  call: "the id of a call",
  agent: "the id of an agent",
  username: "a user name",
  phone: "a phone number",
  email: "an e-mail address",
  customer: "the id of a customer",
  account: "the id of an account",
};

/** What a search was read as, and what else is known of what it names. */
export function Taken({ told: { taken, receipt, request, items } }: { readonly told: ToldEvents }) {
  if (taken.length === 0) return null;
  const read = taken.map((kind) => words[kind] ?? kind);
  return (
    <div role="status">
      <p class="note">Read as {read.length === 1 ? read : `${read.slice(0, -1).join(", ")} or ${read.at(-1)}`}.</p>
      {receipt === undefined || items.length > 0 ? null : (
        <p>
          {receipt.sentence} {receipt.next}
        </p>
      )}
      {taken.includes("request") && request === undefined ? (
        <p>
          Nothing is kept of such a request: it was not refused, or is older than 7 days, or came when its source had
          too many.
        </p>
      ) : null}
    </div>
  );
}

/** Where an id leads that names one thing; undefined where a list is wanted. */
export function leadsTo({ taken, items, request }: ToldEvents): string | undefined {
  const [only] = items;
  if (request !== undefined) return pagePath("refused", request.request);
  const isId = taken.length === 1 && (taken[0] === "event" || taken[0] === "receipt");
  return isId && only !== undefined ? pagePath("events", only.id) : undefined;
}
