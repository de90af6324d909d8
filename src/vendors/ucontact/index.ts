import { readText } from "../../events/values/read.ts";
import { readFlat } from "../kind.ts";
import { readByKind } from "../read-by-kind.ts";
import type { Vendor } from "../vendor.ts";
import { namesASecond } from "./date.ts";
import { anyEvent, kinds, spell } from "./kinds.ts";

/** uContact's event notification webhooks: the body names its kind, the URL may. */
export const ucontact = {
  id: "ucontact",
  name: "uContact",
  steps: [
    "There is no screen: the table webhooks of the database ccdata has a row for each event, with an empty url.",
    "Look first what the events are called in your installation: SELECT Id, name, event, url FROM webhooks;",
    "Put the URL below into the column url of each event that you want; the event is sent as soon as one is there.",
    "Newer versions send events from Admin, Automations, Functions: the URL is the same.",
  ],
  screen: "no screen: column url of the table webhooks in ccdata",
  kinds: Object.keys(kinds),
  // It keeps the URL in a column.
  maxUrlLength: 256,
  auth: [{ in: "query", name: "key" }],
  call: {
    record: "call.dispositioned",
    steps: [
      { type: "interaction.ended", needs: "interaction.assigned" },
      { type: "call.dispositioned", needs: "interaction.assigned" },
    ],
  },
  ...readByKind({
    kinds,
    told: ({ event }) => [readText(event)].flatMap((word) => word ?? []),
    spell,
    remark: (fault, mismatch) => [...mismatch, fault],
    read: readFlat((body) => ({ hasTime: (name) => namesASecond(readText(body[name])) })),
    expect: (kind) => kind ?? anyEvent,
  }),
} as const satisfies Vendor;
