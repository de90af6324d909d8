/** A Worker has six connections at a time, and what is slow must not hold all of them; the log has its own. */
const MAX_IN_USE = 5;

/** The connections to receivers of one invocation, over all its turns: what goes on behind one turn has its own in the next. */
export class Connections {
  #inUse = 0;

  /** Whether one more request may be made now. */
  areLeft(): boolean {
    return this.#inUse < MAX_IN_USE;
  }

  /** Takes one, until a piece of work has ended, however it does. */
  use(ended: Promise<unknown>): void {
    this.#inUse += 1;
    const giveBack = () => {
      this.#inUse -= 1;
    };
    ended.then(giveBack, giveBack);
  }
}
