import { createInterface } from "node:readline/promises";
import type { PlanName } from "../../config/plan.ts";
import { isTimezone } from "../../config/schema/timezone.ts";
import { type VendorId, vendorIds } from "../../vendors/index.ts";
import { UsageError } from "../arguments.ts";
import { Refusal } from "../refusal.ts";
import type { Wishes } from "./draft.ts";

/** What of the wishes stands on the command line. */
export interface GivenWishes {
  readonly vendor?: readonly VendorId[] | undefined;
  readonly zone?: string | undefined;
  readonly destination?: readonly string[] | undefined;
  readonly plan?: PlanName | undefined;
}

const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The wishes of the command line; what is missing there is asked for, where somebody can answer. */
export async function askWishes({ vendor, zone, destination, plan }: GivenWishes): Promise<Wishes> {
  if (vendor !== undefined) return { vendors: vendor, zone: zone ?? HERE, destinations: destination ?? [], plan };
  if (!process.stdin.isTTY || !process.stdout.isTTY)
    throw new UsageError(`which vendors? --vendor ${vendorIds.join(" ")}`);
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  const ask = async <T>(question: string, read: (text: string) => T | undefined, again: string): Promise<T> => {
    for (;;) {
      const told = await asking.question(question).catch(() => {
        throw new Refusal("nothing was written");
      });
      const answer = read(told.trim());
      if (answer !== undefined) return answer;
      console.log(again);
    }
  };
  try {
    const choice = vendorIds.join(", ");
    console.log(`Which vendors send? ${choice}`);
    return {
      plan,
      vendors: await ask("One or more, with commas: ", readVendors, `One or more of ${choice}.`),
      zone: zone ?? (await ask(`Time zone of the contact center? [${HERE}] `, readZone, "Such as Europe/Budapest.")),
      destinations:
        destination ??
        (await ask(
          "Where to send the events? URLs with commas, or nothing for now: ",
          readUrls,
          "https://… is needed.",
        )),
    };
  } finally {
    asking.close();
  }
}

function readVendors(text: string): VendorId[] | undefined {
  const words = splitList(text);
  const vendors = vendorIds.filter((id) => words.includes(id));
  return vendors.length > 0 && words.every((word) => vendors.some((id) => id === word)) ? vendors : undefined;
}

function readZone(text: string): string | undefined {
  if (text === "") return HERE;
  return isTimezone(text) ? text : undefined;
}

function readUrls(text: string): string[] | undefined {
  const urls = splitList(text);
  return urls.every((url) => URL.canParse(url) && url.startsWith("https://")) ? urls : undefined;
}

function splitList(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== "");
}
