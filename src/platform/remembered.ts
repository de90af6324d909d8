/** How much is remembered: of so many texts the half that came last, and none that is longer. */
export interface Bounds {
  readonly maxTexts: number;
  readonly maxCharacters: number;
}

/** The latest few texts with what was told of them, in two generations: what is asked for again stays. */
export class Latest<Told> {
  readonly #maxYoung: number;
  readonly #maxCharacters: number;
  #young = new Map<string, { readonly told: Told }>();
  #old: ReadonlyMap<string, { readonly told: Told }> = new Map();

  constructor({ maxTexts, maxCharacters }: Bounds) {
    this.#maxYoung = Math.ceil(maxTexts / 2);
    this.#maxCharacters = maxCharacters;
  }

  /** What was told of a text, if it is one of the latest. */
  find(text: string): { readonly told: Told } | undefined {
    const young = this.#young.get(text);
    if (young !== undefined) return young;
    const old = this.#old.get(text);
    if (old !== undefined) this.#put(text, old);
    return old;
  }

  /** Keeps what was told of a text, unless that is too long. */
  keep(text: string, told: Told): void {
    if (text.length <= this.#maxCharacters) this.#put(text, { told });
  }

  #put(text: string, there: { readonly told: Told }): void {
    if (this.#young.size >= this.#maxYoung) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(text, there);
  }
}

/** What was told of the latest few texts; `tell` is asked for the others, and must tell the same of the same text. */
export function memory<Told>(bounds: Bounds) {
  const latest = new Latest<Told>(bounds);
  return (text: string, tell: (text: string) => Told): Told => {
    const there = latest.find(text);
    if (there !== undefined) return there.told;
    const told = tell(text);
    latest.keep(text, told);
    return told;
  };
}

/** A pure function of a text that remembers the latest few. */
export function remembered<Told>(tell: (text: string) => Told, bounds: Bounds): (text: string) => Told {
  const recall = memory<Told>(bounds);
  return (text) => recall(text, tell);
}
