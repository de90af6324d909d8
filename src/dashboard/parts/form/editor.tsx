import type { Fault } from "../../../config/documents/parse.ts";

interface Props {
  /** Of the field; its id as well. */
  readonly name: string;
  readonly label: string;
  readonly text: string;
  /** What is wrong with the text; each with a line leads to it. */
  readonly faults?: readonly Fault[] | undefined;
  readonly readonly?: boolean | undefined;
}

/** More are counted only. */
const MAX_FAULTS = 100;

/**
 * A text with the numbers of its lines, to be read or edited, and its faults. The numbers scroll with it and a fault
 * leads to its line without any script; with one they follow what is typed.
 */
export function Editor({ name, label, text, faults = [], readonly = false }: Props) {
  const lines = text.split("\n").length;
  const isFaulty = faults.length > 0;
  return (
    <div class="editor">
      <label for={name}>{label}</label>
      {isFaulty ? <Faults name={name} faults={faults} /> : null}
      <div class="lines">
        <Numbers name={name} lines={lines} faults={faults} />
        <textarea
          id={name}
          name={name}
          rows={lines + 1}
          wrap="off"
          spellcheck={false}
          autocapitalize="off"
          autocomplete="off"
          readonly={readonly}
          data-editor=""
          aria-invalid={isFaulty ? "true" : undefined}
          aria-describedby={
            [isFaulty ? `${name}-faults` : [], readonly ? [] : `${name}-keys`].flat().join(" ") || undefined
          }
        >
          {/* A browser leaves out a line end right behind the tag. */}
          {`\n${text}`}
        </textarea>
      </div>
      {readonly ? null : (
        <p id={`${name}-keys`} class="note">
          <span data-editor-hint="" hidden>
            While you write, <kbd>Tab</kbd> indents; after <kbd>Esc</kbd> it leads on again.
          </span>
        </p>
      )}
    </div>
  );
}

/** The number of a line with a fault is a place to which a link leads. */
function Numbers({ name, lines, faults }: { name: string; lines: number; faults: readonly Fault[] }) {
  const marked = [...new Set(faults.slice(0, MAX_FAULTS).flatMap(({ line }) => line ?? []))]
    .filter((line) => line >= 1 && line <= lines)
    .toSorted((one, other) => one - other);
  const between = [...marked, lines + 1].map((line, position) => numbers((marked[position - 1] ?? 0) + 1, line));
  return (
    <pre class="numbers" aria-hidden="true">
      {between.map((plain, position) => {
        const line = marked[position];
        return (
          <>
            {plain}
            {line === undefined ? null : (
              <>
                <span class="bad" id={`${name}-line-${line}`}>
                  {line}
                </span>
                {"\n"}
              </>
            )}
          </>
        );
      })}
    </pre>
  );
}

/** The numbers from one to before another, a line each. */
function numbers(from: number, before: number): string {
  return Array.from({ length: Math.max(0, before - from) }, (_, position) => `${from + position}\n`).join("");
}

function Faults({ name, faults }: { readonly name: string; readonly faults: readonly Fault[] }) {
  return (
    <div id={`${name}-faults`} class="fault" role="alert">
      <p>{faults.length === 1 ? "1 fault" : `${faults.length} faults`}, so nothing was changed:</p>
      <ul>
        {faults.slice(0, MAX_FAULTS).map(({ path, message, near, line, column }) => (
          <li>
            {line === undefined ? null : (
              <>
                <a
                  href={`#${name}-line-${line}`}
                  data-editor-of={name}
                  data-editor-line={line}
                  data-editor-column={column}
                >
                  line {line}
                </a>{" "}
              </>
            )}
            {path === "" ? null : (
              <>
                <code class="wrap">{path}</code>{" "}
              </>
            )}
            {message}
            {near === undefined ? null : `; did you mean ${near}?`}
          </li>
        ))}
        {faults.length > MAX_FAULTS ? <li>and {faults.length - MAX_FAULTS} more</li> : null}
      </ul>
    </div>
  );
}
