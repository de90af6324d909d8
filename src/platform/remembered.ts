/** How much is remembered: with one text more it starts anew, and longer texts are told each time. */
export interface Bounds {
  readonly maxTexts: number;
  readonly maxCharacters: number;
}

/** What a pure function tells of a text, looked up instead of told again where the text is one of the latest few. */
export function remembered<Told>(tell: (text: string) => Told, { maxTexts, maxCharacters }: Bounds) {
  const known = new Map<string, { readonly told: Told }>();
  return (text: string): Told => {
    const there = known.get(text);
    if (there !== undefined) return there.told;
    const told = tell(text);
    if (text.length > maxCharacters) return told;
    if (known.size >= maxTexts) known.clear();
    known.set(text, { told });
    return told;
  };
}
