import { type ConfigDifference, compareConfigs } from "../../config/compare.ts";
import { parseKeptRelay } from "../../config/parse-relay.ts";
import { hideSecrets } from "../../config/secrets/hide-secrets.ts";
import { isObject } from "../../events/json.ts";
import { LineDiff } from "../parts/diff/line-diff.tsx";

const MAX_VALUE_CHARACTERS = 120;
const RULES = { allowPrivate: true };

/** What differs in meaning between two configurations, in words, and then line by line. No secret is shown. */
export function Differences({ before, after }: { readonly before: string; readonly after: string }) {
  const [old, fresh] = [meaningOf(before), meaningOf(hidden(after))];
  const found = compareConfigs(old, fresh);
  return (
    <>
      {found.length === 0 ? (
        <p>In meaning nothing differs from what is in force.</p>
      ) : (
        <ul>
          {found.map((one) => (
            <li>
              {inWords(one)} <code class="wrap">{one.path}</code>
              {valuesOf(one)}
            </li>
          ))}
        </ul>
      )}
      <details>
        <summary>Line by line</summary>
        <LineDiff before={before} after={hidden(after)} label="What differs line by line" />
      </details>
    </>
  );
}

function inWords({ before, after }: ConfigDifference): string {
  if (before === undefined) return "New:";
  return after === undefined ? "Gone:" : "Changed:";
}

function valuesOf({ before, after }: ConfigDifference) {
  if (before === undefined) return <> {show(after)}</>;
  if (after === undefined) return <> {show(before)}</>;
  return (
    <>
      {" "}
      from {show(before)} to {show(after)}
    </>
  );
}

/** Of a whole source its vendor, of a whole destination its URL. */
function show(value: unknown) {
  const name = isObject(value) ? (value.vendor ?? value.url) : undefined;
  const text = typeof name === "string" ? name : JSON.stringify(value);
  return (
    <code class="wrap">{text.length > MAX_VALUE_CHARACTERS ? `${text.slice(0, MAX_VALUE_CHARACTERS)}…` : text}</code>
  );
}

/** With its defaults, so that what is left out is no difference. */
function meaningOf(text: string): unknown {
  const parsed = parseKeptRelay(text, RULES);
  return parsed.state === "invalid" ? {} : parsed.value;
}

/** A secret that somebody wrote out is theirs; a page repeats it in the field alone. */
function hidden(text: string): string {
  try {
    return hideSecrets(text);
  } catch {
    return text;
  }
}
