import { Refusal } from "../../api/operation.ts";
import type { Clock } from "../page/clock.ts";
import { LineDiff } from "../parts/diff/line-diff.tsx";
import { Difference } from "./difference.tsx";
import type { Checked, DryRun } from "./told.ts";
import { Tried } from "./tried.tsx";

interface Props {
  readonly checked: Checked;
  readonly tried: DryRun | Refusal | undefined;
  /** The text in force. */
  readonly before: string;
  readonly after: string;
  readonly clock: Clock;
}

/** What would come of a text: in words, for those who really asked, by line. Nothing of one that has faults. */
export function Preview({ checked: { difference, dangers, remarks }, tried, before, after, clock }: Props) {
  if (difference === undefined) return null;
  return (
    <section class="panel preview">
      <h2>What would change: {difference.text}</h2>
      {dangers.length === 0 ? null : (
        <p class="fault" role="alert">
          With this map {dangers.map(({ message }) => message).join("; ")}.
        </p>
      )}
      <Difference of={difference} />
      {tried === undefined ? null : tried instanceof Refusal ? (
        <p>{tried.detail}</p>
      ) : (
        <Tried of={tried} clock={clock} />
      )}
      {remarks.length === 0 ? null : (
        <details>
          <summary>{remarks.length === 1 ? "1 remark" : `${remarks.length} remarks`}</summary>
          <ul>
            {remarks.map(({ path, message, line }) => (
              <li>
                {line === undefined ? null : (
                  <a href="#text" data-editor-of="text" data-editor-line={line}>
                    line {line}
                  </a>
                )}{" "}
                <code class="wrap">{path}</code> {message}
              </li>
            ))}
          </ul>
        </details>
      )}
      <details>
        <summary>By line</summary>
        <LineDiff before={before} after={after} label="What differs from the map in force, by line" />
      </details>
    </section>
  );
}
