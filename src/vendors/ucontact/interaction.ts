import * as z from "zod";
import type { KindDraft } from "../../events/draft.ts";
import type { Customer } from "../../events/parts/people.ts";
import { subjects } from "../../events/subject.ts";
import { cutWord } from "../../events/values/read.ts";
import type { Reading } from "../kind.ts";
import { phoneOf, type SourceSettings } from "../source-settings.ts";
import { readFields, text } from "../values/fields.ts";
import { readCampaign } from "./campaign.ts";
import { dispositionBody, readDisposition } from "./disposition.ts";
import { frame } from "./frame.ts";
import { agentOf, common } from "./people.ts";

/**
 * Of these three events the manual shows at most guid, campaign and agent; the other names are those that the
 * vendor's browser messages and its disposition call have for the same things.
 */
export const interactionBody = z.object({
  ...common,
  ...dispositionBody.shape,
  guid: text,
  campaign: text,
  channel: text,
  clientId: text,
  clientid: text,
  callerid: text,
  callerId: text,
  callerIdNum: text,
  duration: text,
  startDate: text,
  endDate: text,
});
type InteractionBody = z.infer<typeof interactionBody>;

const TELEPHONY = new Set(["telephony", "phone", "voice", "call"]);
/** No number is longer, however it is written; characters. */
const MAX_NUMBER_CHARACTERS = 64;
const NUMBER = /^\+?[\d\s().-]{3,}$/;

/** An interaction was given to an agent. */
export function readAssignment(reading: Reading): KindDraft {
  const body = readFields(interactionBody, reading.body);
  return { ...alike(reading, body, isTelephony(body)), type: "interaction.assigned" };
}

/** An interaction on any channel ended. */
export function readFinish(reading: Reading): KindDraft {
  const body = readFields(interactionBody, reading.body);
  return { ...alike(reading, body, isTelephony(body)), type: "interaction.ended" };
}

/** An agent categorised a call: uContact sends this for telephony only. */
export function readInteractionDisposition(reading: Reading): KindDraft {
  const body = readFields(interactionBody, reading.body);
  return { ...alike(reading, body, true), type: "call.dispositioned" };
}

function isTelephony({ channel }: InteractionBody): boolean | undefined {
  return channel === undefined ? undefined : TELEPHONY.has(cutWord(channel).toLowerCase());
}

/** One interaction has several segments with the same guid when it is transferred. */
function alike(reading: Reading, body: InteractionBody, telephony: boolean | undefined) {
  const { source } = reading;
  const { campaign, direction } = readCampaign(body.campaign, source);
  const agent = agentOf(body);
  const customer = readCustomer(body, source);
  const callId = telephony ? body.guid : undefined;
  const side = { inbound: { from: customer.phone }, outbound: { to: customer.phone }, internal: {} };
  const ends = direction.direction === undefined ? {} : side[direction.direction];
  return {
    ...frame(reading, body.date),
    subject: subjects.interaction(body.guid) ?? subjects.agent(agent),
    callId,
    data: {
      interaction: { id: body.guid, channel: body.channel },
      call: telephony === false ? undefined : { id: callId, ...direction, ...ends },
      agent,
      customer,
      campaign,
      disposition: readDisposition(body, source),
    },
  };
}

function partyOf(body: InteractionBody): string | undefined {
  return body.callerIdNum ?? body.callerid ?? body.callerId ?? body.clientId ?? body.clientid;
}

function isNumber(party: string): boolean {
  return party.length <= MAX_NUMBER_CHARACTERS && NUMBER.test(party);
}

/** The other party: a number on the phone, an address or a name on other channels. */
function readCustomer(body: InteractionBody, source: SourceSettings): Customer {
  const party = partyOf(body);
  if (party === undefined) return {};
  if (isNumber(party) || isTelephony(body)) return { phone: phoneOf(source, party, "international") };
  return party.includes("@") ? { email: party } : { handle: party };
}
