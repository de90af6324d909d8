import * as z from "zod";
import type { Json } from "../../events/json.ts";
import type { Agent } from "../../events/parts/people.ts";
import type { Named } from "../../events/parts/work.ts";
import { readRecord, readText } from "../../events/values/read.ts";
import { labelOf, type SourceSettings } from "../source-settings.ts";
import { anything, id, readFields, text, texts } from "../values/fields.ts";

/** An agent inside an event, and the user of the first edition of the webhooks page. */
export const personSchema = z.object({
  id: id("0", "-1"),
  name: text,
  email: text,
  extension: text,
  sip_account: text,
  role_name: text,
  caller_id: text,
  timezone: text,
  webrtc_ringtone: text,
  team: texts,
  supervisor_in_teams: texts,
  skills: texts,
  queues: texts,
  employee_id: text,
});

const namedSchema = z.object({ id: id("0", "-1"), name: text });
export const campaignSchema = namedSchema.extend({ is_live: anything });

export function readAgent(value: Json | undefined): Agent {
  const person = readFields(personSchema, readRecord(value) ?? {});
  return { id: person.id, name: person.name, email: person.email, extension: person.extension };
}

/** A campaign, with the tenant's label if the source lists its id. */
export function readCampaign(value: Json | undefined, source: SourceSettings): Named {
  const campaign = readFields(campaignSchema, readRecord(value) ?? { name: value });
  return { id: campaign.id, name: campaign.name, label: labelOf(source, "campaign", campaign.id)?.label };
}

/** A name that comes bare, or as the `name` of an object. */
export function readName(value: Json | undefined): string | undefined {
  return readText(value) ?? readFields(namedSchema, readRecord(value) ?? {}).name;
}
