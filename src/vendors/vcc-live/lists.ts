/** The distinct items of a list; an empty one counts as unknown. */
export function distinct<Item>(list: readonly (Item | undefined)[]): Item[] | undefined {
  const items = new Set(list.flatMap((item) => (item === undefined ? [] : [item])));
  return items.size > 0 ? [...items] : undefined;
}
