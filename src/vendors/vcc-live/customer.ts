import * as z from "zod";
import type { Json } from "../../events/json.ts";
import type { Customer } from "../../events/parts/people.ts";
import { readRecord } from "../../events/values/read.ts";
import { phoneOf, type SourceSettings } from "../source-settings.ts";
import { anything, text } from "../values/fields.ts";
import { readAs } from "./names.ts";

/** Custom data of a customer record, `client_data` or `clientData`; its other names are the tenant's own. */
export const clientData = z.object({ phone1: text, name: text, contacts: anything });
const contact = z.object({ title: text, name: text, phone: text, email: text });

/** A customer by record id and custom data. The first contact fills in where the record itself is silent. */
export function customerOf(source: SourceSettings, id: string | undefined, data?: Json): Customer {
  const fields = readRecord(data);
  const client = readAs(clientData, fields);
  const [first] = Object.values(readRecord(client.contacts) ?? {}).map(readRecord);
  const person = readAs(contact, first);
  return {
    id,
    name: client.name ?? person.name,
    phone: callable(source, client.phone1 ?? person.phone),
    email: person.email,
    fields,
  };
}

/** A phone number; VCC Live writes international digits without a plus. */
export function callable(source: SourceSettings, number: string | undefined): string | undefined {
  return phoneOf(source, number, "international");
}
