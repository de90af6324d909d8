import type { Proved } from "./proved.ts";

/** The methods of every webhook. */
export const METHODS: readonly string[] = ["GET", "POST", "PUT"];
/** An IVR's step may also be a DELETE. */
const IVR = "ivr";

/** Whether a method is looked at: whose webhook it is, nobody knows yet. */
export function isAdmitted(method: string, kind: string): boolean {
  return METHODS.includes(method) || (method === "DELETE" && kind === IVR);
}

/** The methods by which a webhook of this source and kind may come: what a responder answers has its own. */
export function methodsOf({ source, kind }: Pick<Proved, "source" | "kind">): readonly string[] {
  return source.responders.get(kind ?? "")?.kind.methods ?? METHODS;
}
