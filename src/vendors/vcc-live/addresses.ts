import type { Json } from "../../events/json.ts";
import { readList, readText, readTexts } from "../../events/values/read.ts";
import { distinct } from "./lists.ts";

/** Commas and semicolons part addresses, but not inside the quotes of a name. */
const ADDRESS = /(?:"[^"]*"|[^,;"])+/g;

/** Recipients: the vendor puts them into one text and does not name the separator; a list is taken as well. */
export function readAddresses(value: Json | undefined): string[] | undefined {
  const sent = readText(value);
  const addresses = sent === undefined ? readTexts(readList(value)) : (sent.match(ADDRESS) ?? []);
  return distinct(addresses.map((address) => address.trim() || undefined));
}
