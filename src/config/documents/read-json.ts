import { visit } from "jsonc-parser";

/** A JSON text as it was read, and the members whose name stood in the same object before, by their paths. */
export interface ReadText {
  readonly value: unknown;
  readonly repeated: readonly (readonly (string | number)[])[];
}

const BYTE_ORDER_MARK = "\uFEFF";

/**
 * Reads a JSON text; of a name that stands twice in one object the later member counts. A byte order mark is passed
 * over (RFC 8259, 8.1).
 * @throws SyntaxError when the text is not JSON
 */
export function readJsonText(text: string): ReadText {
  const json = text.startsWith(BYTE_ORDER_MARK) ? text.slice(BYTE_ORDER_MARK.length) : text;
  return { value: JSON.parse(json), repeated: findRepeated(json) };
}

/** @param json valid JSON text: only then are its names where the visitor sees them */
function findRepeated(json: string): (string | number)[][] {
  const repeated: (string | number)[][] = [];
  const open: Set<string>[] = [];
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
  return repeated;
}
