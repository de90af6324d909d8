/** Who made a version, in words. */
export function whoWrote(who: string): string {
  if (who === "kv") return "put into KV by hand";
  return who === "deleted" ? "taken out of KV by hand" : who;
}
