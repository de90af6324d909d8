import { visit } from "jsonc-parser";

type Path = readonly (string | number)[];

/**
 * A JSON text as it was read, and the members whose name stood in the same object before, by their paths. `unnameable`:
 * those with a name that no object here can have, which are lost whenever it is copied.
 */
export interface ReadText {
  readonly value: unknown;
  readonly repeated: readonly Path[];
  readonly unnameable: readonly Path[];
}

/** The one name that JavaScript takes for something else than a member. */
const UNNAMEABLE = "__proto__";

const BYTE_ORDER_MARK = "\uFEFF";
const QUOTE = '"'.charCodeAt(0);
const BACKSLASH = "\\".charCodeAt(0);
const COLON = ":".charCodeAt(0);

/**
 * Reads a JSON text; of a name that stands twice in one object the later member counts. A byte order mark is passed
 * over (RFC 8259, 8.1).
 * @param join what a text says in which names stand twice, where that is not the later members
 * @throws SyntaxError when the text is not JSON
 */
export function readJsonText(text: string, join?: (json: string) => unknown): ReadText {
  const json = withoutMark(text);
  const value: unknown = JSON.parse(json);
  const repeated = findRepeated(json, value);
  const unnameable = MAY_BE_UNNAMEABLE.test(json) ? [...findUnnameable(value, [])] : [];
  return { value: repeated.length > 0 && join !== undefined ? join(json) : value, repeated, unnameable };
}

/** As it is written, or with escapes. */
const MAY_BE_UNNAMEABLE = /__proto__|\\u/i;
/** No document of the relay is nested as deeply; what is has faults of its own. */
const MAX_DEPTH = 64;

function* findUnnameable(value: unknown, path: Path): Generator<Path> {
  if (typeof value !== "object" || value === null || path.length > MAX_DEPTH) return;
  const isList = Array.isArray(value);
  for (const [name, member] of Object.entries(value)) {
    const own = [...path, isList ? Number(name) : name];
    if (name === UNNAMEABLE) yield own;
    yield* findUnnameable(member, own);
  }
}

/** A text without the byte order mark that it may begin with. */
export function withoutMark(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(BYTE_ORDER_MARK.length) : text;
}

/**
 * The names that stand twice in one object, by their paths. Hardly any text has one, so all that is looked at first is
 * whether it has more members than what was read of it. `[[]]`: somewhere, too deep to be found.
 * @param json valid JSON text: only then are its names where the visitor sees them
 * @param value what was read of it
 */
export function findRepeated(json: string, value: unknown): (string | number)[][] {
  if (countColons(json) === countMembers(value)) return [];
  const repeated: (string | number)[][] = [];
  const open: Set<string>[] = [];
  try {
    visit(
      json,
      {
        onObjectBegin: () => void open.push(new Set()),
        onObjectEnd: () => void open.pop(),
        onObjectProperty: (name, _offset, _length, _line, _character, pathOf) => {
          const names = open.at(-1);
          if (names?.has(name)) repeated.push([...pathOf(), name]);
          names?.add(name);
        },
      },
      { disallowComments: true },
    );
  } catch (error) {
    if (error instanceof RangeError) return [[]];
    throw error;
  }
  return repeated;
}

/** Outside of texts, each belongs to one member. */
function countColons(json: string): number {
  let colons = 0;
  let inText = false;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) inText = !inText;
    else if (code === BACKSLASH) at++;
    else if (code === COLON && !inText) colons++;
  }
  return colons;
}

function countMembers(value: unknown): number {
  let members = 0;
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== "object" || next === null || JSON.isRawJSON(next)) continue;
    const inside: unknown[] = Object.values(next);
    if (!Array.isArray(next)) members += inside.length;
    for (const one of inside) if (typeof one === "object" && one !== null) open.push(one);
  }
  return members;
}
