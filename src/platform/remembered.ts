/** How much is remembered: with one text more it starts anew, and longer texts are told each time. */
export interface Bounds {
  readonly maxTexts: number;
  readonly maxCharacters: number;
}

/** What was told of the latest few texts; `tell` is asked for the others, and must tell the same of the same text. */
export function memory<Told>({ maxTexts, maxCharacters }: Bounds) {
  const known = new Map<string, { readonly told: Told }>();
  return (text: string, tell: (text: string) => Told): Told => {
    const there = known.get(text);
    if (there !== undefined) return there.told;
    const told = tell(text);
    if (text.length > maxCharacters) return told;
    if (known.size >= maxTexts) known.clear();
    known.set(text, { told });
    return told;
  };
}

/** A pure function of a text that remembers the latest few. */
export function remembered<Told>(tell: (text: string) => Told, bounds: Bounds): (text: string) => Told {
  const recall = memory<Told>(bounds);
  return (text) => recall(text, tell);
}
