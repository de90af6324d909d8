import { checkConfig } from "../../api/config/check.ts";
import { readConfig } from "../../api/config/read.ts";
import { configStatus } from "../../api/config/status.ts";
import { Refusal } from "../../api/operation.ts";
import type { Page, View } from "../page/page.ts";
import type { Visit } from "../page/visit.ts";
import { Fault } from "../parts/fault.tsx";
import { Editor } from "../parts/form/editor.tsx";
import { refusedView } from "../parts/refused.tsx";
import { SaidLine } from "../parts/said.tsx";
import { ConfigHead } from "./config-head.tsx";
import { Preview } from "./preview.tsx";

/** A text that somebody wrote, from which version, and why it was not published, if that was tried. */
export interface Edit {
  readonly text: string;
  readonly version: string | undefined;
  readonly refusal?: Refusal | undefined;
}

/** What stands there where nothing is configured yet. */
const FIRST = '{\n  "sources": {\n  }\n}';

/** The configuration, to be read and edited. */
export const configurationPage: Page = {
  path: "/dashboard/configuration",
  who: "admin",
  show: (visit) => editView(visit),
};

/** The text of the configuration; once somebody has written another, with what would come of it. */
export async function editView(visit: Visit, edit?: Edit): Promise<View> {
  const { ask, read, url } = visit;
  const [there, status, checked] = await Promise.all([
    read(readConfig),
    ask(configStatus),
    edit === undefined ? undefined : ask(checkConfig, { body: edit.text }),
  ]);
  if (status instanceof Refusal) return refusedView(status);
  if (checked instanceof Refusal) return refusedView(checked, "/dashboard/configuration");
  const current = there instanceof Refusal ? undefined : there;
  const isLost = edit !== undefined && edit.version !== current?.version;
  const isValid = checked === undefined || checked.state === "valid";
  return {
    title: "Configuration",
    status: !isValid ? 422 : isLost ? 412 : edit?.refusal === undefined ? undefined : 422,
    body: (
      <>
        <h1>Configuration</h1>
        <SaidLine url={url} />
        <ConfigHead status={status} visit={visit} />
        {isLost ? <Lost who={status.version?.who} /> : <Fault of={isValid ? edit?.refusal : undefined} />}
        {edit === undefined || checked === undefined ? null : (
          <Preview checked={checked} before={current?.text ?? FIRST} after={edit.text} />
        )}
        <form method="post" action="/dashboard/configuration/check">
          {current === undefined ? null : <input type="hidden" name="version" value={current.version} />}
          <Editor
            name="text"
            label="The document"
            text={edit?.text ?? readable(current?.text ?? FIRST)}
            faults={checked?.faults}
          />
          <p class="row">
            <button type="submit" class={edit !== undefined && isValid ? "quiet" : undefined}>
              Check and preview
            </button>
            <button
              type="submit"
              class={edit !== undefined && isValid ? undefined : "quiet"}
              formaction="/dashboard/configuration/publish"
            >
              {isLost ? "Publish over it" : "Publish"}
            </button>
            <a href="/dashboard/configuration">Start anew</a>
          </p>
        </form>
        <p class="note">
          <code>***</code> stands for a secret that is kept: leave it as it is.{" "}
          <a href="/schemas/config.json">Its schema</a>. From a terminal: <code>npx hookswitch config pull</code>,{" "}
          <code>check</code>, <code>diff</code> and <code>push</code>.
        </p>
      </>
    ),
  };
}

/** Of a lost race: who was quicker. */
function Lost({ who }: { readonly who: string | undefined }) {
  return (
    <p class="fault" role="alert">
      {who ?? "Somebody"} was quicker: another version was published while you wrote. Your text was not published; it is
      kept below, compared with what is in force now.
    </p>
  );
}

/** A document on one line is laid out, unless that would lose a name that stands twice. */
function readable(text: string): string {
  if (text.trimEnd().includes("\n")) return text;
  const value: unknown = JSON.parse(text);
  return JSON.stringify(value) === text.trim() ? JSON.stringify(value, undefined, 2) : text;
}
