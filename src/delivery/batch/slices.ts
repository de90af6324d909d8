/** Events of this many characters are in memory at once. What is larger by itself, or of no known size, is there alone. */
const MAX_SLICE_CHARACTERS = 1_000_000;

/** Things in their order, as many together as their events may be. `size`: characters, 0 where they are not known. */
export function inSlices<T>(all: readonly T[], sizeOf: (one: T) => number): T[][] {
  const slices: T[][] = [];
  let room = 0;
  for (const one of all) {
    const size = sizeOf(one) || MAX_SLICE_CHARACTERS;
    if (room < size) {
      slices.push([]);
      room = MAX_SLICE_CHARACTERS;
    }
    slices.at(-1)?.push(one);
    room -= size;
  }
  return slices;
}
