import type { Proved } from "./proved.ts";

/** The methods of every webhook. */
const METHODS: readonly string[] = ["GET", "POST", "PUT"];
/** An IVR's step may also be a DELETE. */
const IVR = "ivr";
const METHODS_OF_IVR: readonly string[] = [...METHODS, "DELETE"];

/** The methods that are looked at: whose webhook it is, and what its source takes, nobody knows yet and no stranger is told. */
export function admittedMethods(kind: string): readonly string[] {
  return kind === IVR ? METHODS_OF_IVR : METHODS;
}

/** The methods by which a webhook of this source and kind may come: what a responder answers has its own. */
export function methodsOf({ source, kind }: Pick<Proved, "source" | "kind">): readonly string[] {
  return source.responders.get(kind ?? "")?.kind.methods ?? METHODS;
}
