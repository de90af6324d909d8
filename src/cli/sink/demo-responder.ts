import * as z from "zod";

/** Where the demo's sources have their questions answered; the kind stands behind it. */
export const ANSWERS_PATH = "/answers/";

const customers = [
  { crm_id: 77120034, contact_name: "Eva Lang", contact_phone: "3615550199" },
  { crm_id: 77120035, contact_name: "Bela Toth", contact_phone: "3615550133" },
];

const text = z.coerce.string().catch("");
const call = z.object({ source: text });
const search = z.object({ fields: z.object({ contact_name: text, contact_phone: text }).partial() });

/** What a system of the user's own might answer; undefined for a kind that it does not know. */
export function answerOf(kind: string, question: unknown): object | undefined {
  if (kind === "ivr") return answerCall(question);
  return kind === "search" ? answerSearch(question) : undefined;
}

/** A caller who is known goes past the queue. */
function answerCall(question: unknown): object {
  const caller = call.safeParse(question).data?.source;
  const known = customers.find(({ contact_phone }) => contact_phone === caller);
  return known === undefined ? { next: "queue" } : { next: "account_manager", customer: known.contact_name };
}

function answerSearch(question: unknown): object {
  const { contact_name: name = "", contact_phone: phone = "" } = search.safeParse(question).data?.fields ?? {};
  const found = customers.filter(
    (one) =>
      (name !== "" && one.contact_name.toLowerCase().includes(name.toLowerCase())) ||
      (phone !== "" && one.contact_phone.includes(phone)),
  );
  return { result: { uniqueId: "crm_id", customers: found } };
}
