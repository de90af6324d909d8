import type { Notice } from "../events/notice.ts";
import { RELAY_SOURCE } from "../events/own-source.ts";
import { newReceipt } from "../events/receipt.ts";
import type { WholeMessage } from "../intake/message.ts";
import { type Incident, toPart } from "./incident.ts";

/** The queue's message that tells of an incident, under a new receipt. */
export function writeNotice(incident: Incident, now: number): WholeMessage {
  const { type } = incident;
  const body: Notice = { type, incident: toPart(incident) };
  return {
    v: 1,
    receipt: newReceipt(now),
    source: RELAY_SOURCE,
    vendor: "hookswitch",
    kind: type,
    receivedAt: now,
    key: "-",
    warnings: [],
    body: JSON.stringify(body),
  };
}
