import { endOfText } from "../../events/json.ts";

const BLANKS = " \t\n\r";

/**
 * JSON in which no member hides another: where a name stands again in an object, blanks and `_` are added to it, which
 * comparing names leaves out.
 * @param json an object or list that parses
 */
export function spellApart(json: string): string {
  const open: Map<string, number>[] = [];
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < json.length; at++) {
    const sign = json.charAt(at);
    if (sign === "{" || sign === "[") open.push(new Map());
    else if (sign === "}" || sign === "]") open.pop();
    if (sign !== '"') continue;
    const end = endOfText(json, at) + 1;
    const taken = isNameBefore(json, end) ? open.at(-1) : undefined;
    if (taken !== undefined) {
      parts.push(json.slice(from, at), JSON.stringify(unlike(String(JSON.parse(json.slice(at, end))), taken)));
      from = end;
    }
    at = end - 1;
  }
  return [...parts, json.slice(from)].join("");
}

function isNameBefore(json: string, end: number): boolean {
  let at = end;
  while (at < json.length && BLANKS.includes(json.charAt(at))) at++;
  return json.charAt(at) === ":";
}

function unlike(name: string, taken: Map<string, number>): string {
  let number = taken.get(name) ?? 0;
  let other = name;
  for (; taken.has(other); number++) other = name + suffixOf(number);
  taken.set(name, number).set(other, taken.get(other) ?? 0);
  return other;
}

function suffixOf(number: number): string {
  return number.toString(2).replaceAll("0", " ").replaceAll("1", "_");
}
