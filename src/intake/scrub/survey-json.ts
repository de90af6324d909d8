/** What may stand next. */
type Next = "value" | "value or end" | "name" | "name or end" | "colon" | "comma or end";

const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const [QUOTE, BACKSLASH, BLANK] = [0x22, 0x5c, 0x20];
const BREAKS: readonly number[] = [0x09, 0x0a, 0x0d];

/**
 * How many members an object or list of JSON has, at any depth, those with one name counted each; undefined when the text
 * is none. One pass: a text that is no JSON is found out for less than a parser's error costs.
 */
export function countMembers(text: string): number | undefined {
  const open: string[] = [];
  let next: Next = "value";
  let members = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BLANK || BREAKS.includes(code)) continue;
    const sign = text[at];
    const isValueNext: boolean = next === "value" || next === "value or end";
    if (sign === "{" || sign === "[") {
      if (!isValueNext) return undefined;
      open.push(sign);
      next = sign === "{" ? "name or end" : "value or end";
    } else if (open.length === 0) {
      return undefined;
    } else if (sign === "}" || sign === "]") {
      const isEmpty = next === (sign === "}" ? "name or end" : "value or end");
      if (open.pop() !== (sign === "}" ? "{" : "[") || !(isEmpty || next === "comma or end")) return undefined;
      next = "comma or end";
    } else if (sign === ",") {
      if (next !== "comma or end") return undefined;
      next = open.at(-1) === "{" ? "name" : "value";
    } else if (sign === ":") {
      if (next !== "colon") return undefined;
      next = "value";
    } else if (isValueNext) {
      at = sign === '"' ? endOfString(text, at) : endOfScalar(text, at);
      if (at < 0) return undefined;
      next = "comma or end";
    } else {
      at = sign === '"' && (next === "name" || next === "name or end") ? endOfString(text, at) : -1;
      if (at < 0) return undefined;
      next = "colon";
      members++;
    }
  }
  return open.length === 0 && next === "comma or end" ? members : undefined;
}

/** Where the quote stands that ends a string; -1 when it is none of JSON. */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at;
    if (code < BLANK) return -1;
    if (code !== BACKSLASH) continue;
    at++;
    if (!/^(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.test(text.slice(at, at + 5))) return -1;
  }
  return -1;
}

/** Where a number or a word ends; -1 when it is none of JSON. */
function endOfScalar(text: string, from: number): number {
  SCALAR.lastIndex = from;
  return SCALAR.test(text) ? SCALAR.lastIndex - 1 : -1;
}
