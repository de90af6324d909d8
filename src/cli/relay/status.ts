import * as z from "zod";
import { finding, verdict } from "../../status/finding.ts";
import { findingKind, isBroken } from "../../status/kinds.ts";
import { ToldFailure } from "../refusal.ts";
import { paint } from "../terminal.ts";
import { readAnswer } from "./answer.ts";
import { openRelayClient, type RelayOptions } from "./client.ts";

/** A relay of a later version may know kinds that this one does not. */
const item = finding.extend({ kind: z.string() });
const answer = z.looseObject({ verdict, sentence: z.string(), items: z.array(item) });

/** Which relay, and how to tell. */
export interface StatusOptions extends RelayOptions {
  readonly json?: boolean | undefined;
}

/** Says whether a relay needs somebody: a sentence, then each thing with what helps; fails when one does. */
export async function tellRelayStatus({ json, ...options }: StatusOptions): Promise<void> {
  const told = await openRelayClient(options).call("GET", "status");
  const { verdict, sentence, items } = readAnswer(answer, told);
  console.log(json ? told.text : [paint(colours[verdict], sentence), ...items.map(itemLine)].join("\n"));
  if (verdict !== "ok") throw new ToldFailure();
}

function itemLine({ kind, sentence, next }: z.infer<typeof item>): string {
  const known = findingKind.safeParse(kind).data;
  const mark = known !== undefined && isBroken(known) ? paint("red", "✗") : paint("yellow", "!");
  return `  ${mark} ${sentence}  ${paint("dim", `→ ${next}`)}`;
}

const colours = { ok: "green", attention: "yellow", broken: "red" } as const;
