import { type ParseErrorCode, printParseErrorCode, visit } from "jsonc-parser";
import { withoutMark } from "./read-json.ts";

/** What a person does about it, by the parser's word for what is wrong. */
const sentences: Readonly<Record<string, string>> = {
  InvalidSymbol: "neither a text in double quotes, nor a number, true, false or null",
  InvalidNumberFormat: "a number that JSON does not have",
  PropertyNameExpected: 'a name in double quotes ("name") is missing',
  ValueExpected: "a value is missing",
  ColonExpected: "a colon is missing after the name",
  CommaExpected: "a comma is missing before this",
  CloseBraceExpected: "a closing } is missing",
  CloseBracketExpected: "a closing ] is missing",
  EndOfFileExpected: "something stands after the end of the document",
  InvalidCommentToken: "a comment, which JSON does not have",
  UnexpectedEndOfComment: "a comment, which JSON does not have",
  UnexpectedEndOfString: "a text without its closing quote",
  UnexpectedEndOfNumber: "a number that ends too early",
  InvalidUnicode: "an escape \\u that is not followed by four hexadecimal digits",
  InvalidEscapeCharacter: "an escape that JSON does not have",
  InvalidCharacter: "a line break or control character in a text; JSON writes it \\n",
};

/** What keeps a text from being JSON, and where, from 1, as far as that can be told. */
export interface NotJson {
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

/** Why a text is not JSON. */
export function explainJson(text: string): NotJson {
  const json = withoutMark(text);
  if (json.trim() === "") return { message: "not JSON: it is empty" };
  const first = findError(json);
  if (first === undefined) return { message: "not JSON" };
  const comma = trailingComma(json, first.offset);
  const [offset, why] = comma === undefined ? [first.offset, first.why] : [comma, "a trailing comma"];
  return { message: `not JSON: ${why}`, ...placeOf(json, offset) };
}

/** Line and column, both from 1, of a place in a text. */
export function placeOf(text: string, offset: number): Place {
  return placesIn(text)(offset);
}

/** Line and column, both from 1. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/** The same for many places: the text is walked once. */
export function placesIn(text: string): (offset: number) => Place {
  const starts = [0, ...[...text.matchAll(/\r\n|[\r\n]/g)].map(({ 0: end, index }) => index + end.length)];
  return (offset) => {
    let [line, behind] = [0, starts.length];
    while (behind - line > 1) {
      const middle = (line + behind) >> 1;
      if ((starts[middle] ?? 0) <= offset) line = middle;
      else behind = middle;
    }
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
}

function findError(json: string): { readonly offset: number; readonly why: string } | undefined {
  let first: { offset: number; why: string } | undefined;
  const onError = (code: ParseErrorCode, offset: number) => {
    first ??= { offset, why: sentences[printParseErrorCode(code)] ?? "not as JSON is written" };
  };
  try {
    visit(json, { onError }, { disallowComments: true });
  } catch (error) {
    // A text nested so deeply that it cannot be walked.
    if (!(error instanceof RangeError)) throw error;
  }
  return first;
}

/** Where the comma stands that nothing but a closing bracket follows, if that is what is wrong. */
function trailingComma(json: string, offset: number): number | undefined {
  const before = json.slice(0, offset).trimEnd();
  return /[}\]]/.test(json.charAt(offset)) && before.endsWith(",") ? before.length - 1 : undefined;
}
