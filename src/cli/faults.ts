import { faultText } from "../config/documents/fault-text.ts";
import type { Fault, Parsed } from "../config/documents/parse.ts";
import { Refusal } from "./refusal.ts";
import { paint } from "./terminal.ts";

/** Faults as lines, each with its path. */
export function listFaults(faults: readonly Fault[]): string {
  return faults.map((fault) => `  ${faultText(fault)}`).join("\n");
}

/** What a document says; refuses one that is not valid, with its faults. `name`: what the refusal calls it. */
export function acceptValid<T>(name: string, parsed: Parsed<T>): T {
  if (parsed.state !== "valid") throw refuseFaults(name, parsed.faults);
  return parsed.value;
}

/** Prints remarks, each with its path. */
export function tellRemarks(remarks: readonly Fault[]): void {
  for (const remark of remarks) console.error(paint("yellow", `  ! ${faultText(remark)}`));
}

/** That a document is not valid, and all that is wrong with it. */
export function refuseFaults(name: string, faults: readonly Fault[]): Refusal {
  return new Refusal(`${name} is not valid:\n${listFaults(faults)}`);
}

/** Prints that a file is valid, and before that what is remarkable about it. */
export function tellValid(file: string, remarks: readonly Fault[]): void {
  tellRemarks(remarks);
  console.log(`${file} is valid${remarks.length === 0 ? "" : `, with ${remarks.length} to look at`}`);
}
