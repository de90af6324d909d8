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
