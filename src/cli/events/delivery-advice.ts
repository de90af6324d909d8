import { faultyPartIn } from "../../status/waits.ts";

/** A delivery that somebody may have to do something about. */
export interface Troubled {
  readonly destination: string;
  readonly state: string;
  readonly reason: string | null;
}

/** What to do about an event that goes nowhere. */
export const NOBODY_WANTED = {
  sentence: "No destination wanted it.",
  next: (id: string) =>
    `Compare \`events\`, \`sources\` and \`where\` of your destinations (npx hookswitch config pull); send it: npx hookswitch replay ${id} --to <destination>`,
};

/** What to do about a delivery that waits for something, by why it waits. */
const waits: Readonly<Record<string, (destination: string) => string>> = {
  paused: (destination) => `${destination} is paused: resume it (npx hookswitch destinations resume ${destination})`,
  breaker: (destination) =>
    `${destination} fails, so that it is only probed until it answers again: npx hookswitch destinations ${destination}`,
  rate: () => "Nothing: it waits for its turn within the destination's `limit`.",
  concurrency: () => "Nothing: it waits for its turn within the destination's `limit`.",
  handed_over: () => "Nothing: it is attempted in a moment.",
  under_way: () => "Nothing: it was sent, and its answer is waited for.",
  gate: () => "Nothing: it is attempted in a moment.",
};

/** What to do about why attempts fail. */
const fails: Readonly<Record<string, string>> = {
  timeout: "the receiver answers too late: answer first and work then, or raise `timeoutMs`",
  connection: "no connection: is the address right, and does the receiver listen?",
  unusable_secret: "a signing secret is not set or unusable: npx hookswitch doctor names it",
  unresolved_header: "a header's reference is not set: npx hookswitch doctor names it",
  refused_url: "its address may not be delivered to: mend `url` in the configuration",
  destination_removed: "the destination is not in the configuration any more",
};

/** What to do about a delivery; undefined where all is well. @param id of its event */
export function adviseOnDelivery({ destination, state, reason }: Troubled, id: string): string | undefined {
  if (state === "delivered") return undefined;
  const why = reason ?? "";
  if (state === "waiting") {
    const part = faultyPartIn(why);
    if (part !== undefined) return `Mend \`${part}\` of destinations.${destination}.`;
    return waits[why]?.(destination) ?? "Nothing: it is tried again by itself.";
  }
  const again = `send it again: npx hookswitch replay ${id} --destination ${destination}`;
  if (state === "expired") return `It was too late for \`expireAfter\` of ${destination}; ${again}`;
  const cause =
    fails[why] ?? (why.startsWith("status_") ? `the receiver answered ${why.slice("status_".length)}` : why);
  return `Mend the cause (${cause}), then ${again}`;
}
