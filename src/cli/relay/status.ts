import * as z from "zod";
import { finding, verdict } from "../../status/finding.ts";
import { findingKind, isBroken } from "../../status/kinds.ts";
import { many } from "../../status/say.ts";
import { ToldFailure } from "../refusal.ts";
import { columns, paint } from "../terminal.ts";
import { readAnswer } from "./answer.ts";
import { openRelayClient, type RelayOptions } from "./client.ts";

/** A relay of a later version may know kinds that this one does not. */
const item = finding.extend({ kind: z.string() });
const incidents = z.object({ open: z.number(), unseen: z.number() }).nullish();
const answer = z.looseObject({ verdict, sentence: z.string(), items: z.array(item), incidents });

/** Which relay, and how to tell. */
export interface StatusOptions extends RelayOptions {
  readonly json?: boolean | undefined;
}

/** Says whether a relay needs somebody: a sentence, then each thing with what helps; fails when one does. */
export async function tellRelayStatus({ json, ...options }: StatusOptions): Promise<void> {
  const told = await openRelayClient(options).call("GET", "status");
  const { verdict, sentence, items, incidents } = readAnswer(answer, told);
  const lines = [paint(colours[verdict], sentence), ...items.map(itemLine), ...incidentsLine(incidents)];
  console.log(json ? told.text : lines.join("\n"));
  if (verdict !== "ok") throw new ToldFailure();
}

function itemLine({ kind, sentence, next }: z.infer<typeof item>): string {
  const known = findingKind.safeParse(kind).data;
  const mark = known !== undefined && isBroken(known) ? paint("red", "✗") : paint("yellow", "!");
  return columns([[`${mark} ${sentence}`, paint("dim", `→ ${next}`)]]).join("\n");
}

/** What somebody was told of, also where it is over by now and not yet closed. */
function incidentsLine(known: z.infer<typeof incidents>): string[] {
  const { open = 0, unseen = 0 } = known ?? {};
  if (open === 0) return [];
  return [
    paint(
      "dim",
      `  ${many(open, "incident is", "incidents are")} open, ${seenTo(open, unseen)}: npx hookswitch incidents`,
    ),
  ];
}

function seenTo(open: number, unseen: number): string {
  if (unseen > 0 && unseen < open) return `nobody sees to ${unseen} of them`;
  const all = unseen === 0 ? "somebody sees to" : "nobody sees to";
  return `${all} ${open === 1 ? "it" : unseen === 0 ? "all of them" : "any of them"}`;
}

const colours = { ok: "green", attention: "yellow", broken: "red" } as const;
