import type { Visit } from "../page/visit.ts";
import { pagePath } from "../parts/address.ts";
import { Editor } from "../parts/form/editor.tsx";
import type { AskingSource, Checked } from "./told.ts";

interface Props {
  readonly asking: AskingSource;
  readonly text: string;
  /** In force now. */
  readonly version: string | undefined;
  readonly checked: Checked | undefined;
  readonly isLost: boolean;
  readonly visit: Visit;
}

/** A larger one is edited where files are; characters. */
const MAX_EDITED = 1_000_000;

/** The text itself; for admins with what checks and what publishes it. */
export function EditForm({ asking: { source, version: told }, text, version, checked, isLost, visit }: Props) {
  if (text.length > MAX_EDITED) return <TooLarge source={source} />;
  if (visit.caller.role !== "admin") {
    return (
      <>
        <Editor name="text" label="The map, as it was written" text={text} readonly />
        <p class="note">To change it needs the role admin. For a day you can grant on the login desk.</p>
      </>
    );
  }
  const dangers = checked?.dangers ?? [];
  const publishes = isLost && told !== undefined ? `Publish over version ${told.version}` : "Publish";
  return (
    <form method="post" action={pagePath("permissions", source, "check")}>
      {version === undefined ? null : <input type="hidden" name="version" value={version} />}
      <Editor name="text" label="The map" text={text} faults={checked?.faults} />
      <p class="row">
        <button type="submit" class={checked?.state === "valid" ? "quiet" : undefined}>
          Check and preview
        </button>
        <button
          type="submit"
          class={checked?.state === "valid" ? undefined : "quiet"}
          formaction={pagePath("permissions", source, "publish")}
          name={dangers.length === 0 ? undefined : "confirm"}
          value={dangers.length === 0 ? undefined : "1"}
        >
          {dangers.length === 0 ? publishes : `${publishes} all the same`}
        </button>
        <a href={pagePath("permissions", source, "text")}>Start anew</a>
      </p>
      <p class="note">
        <a href="/schemas/permissions.json">Its schema</a>. From a terminal:{" "}
        <code>npx hookswitch permissions pull</code>, <code>diff</code>, <code>dry-run</code> and <code>push</code>.
      </p>
    </form>
  );
}

function TooLarge({ source }: { readonly source: string }) {
  return (
    <p class="lead">
      This map is too large for a page. Edit it as a file:{" "}
      <code>npx hookswitch permissions pull {source} map.json</code>, <code>permissions dry-run</code>,{" "}
      <code>permissions push</code>.
    </p>
  );
}
