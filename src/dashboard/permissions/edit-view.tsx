import type { ToldDocument } from "../../api/ask.ts";
import { Refusal } from "../../api/operation.ts";
import { checkMap } from "../../api/permissions/check.ts";
import { dryRun } from "../../api/permissions/dry-run.ts";
import { readPermissions } from "../../api/permissions/read.ts";
import type { View } from "../page/page.ts";
import type { Visit } from "../page/visit.ts";
import { refusedView } from "../parts/refused.tsx";
import { EditForm } from "./edit-form.tsx";
import { findAsking, MapHead } from "./map-head.tsx";
import { Preview } from "./preview.tsx";

/** A text that somebody wrote, from which version, and why it was not published, if that was tried. */
export interface Edit {
  readonly text: string;
  readonly version: string | undefined;
  readonly refusal?: Refusal | undefined;
}

/** What stands there where no map is yet. */
const FIRST = '{\n  "users": {\n  }\n}';
const PREVIEW_DAYS = 7;

/** The text of a map; once somebody has written another, with what would come of it. */
export async function editView(visit: Visit, edit?: Edit): Promise<View> {
  const { ask, read, params } = visit;
  const there = await read(readPermissions, { params });
  const asking = await findAsking(visit);
  if (asking instanceof Refusal) return refusedView(asking, "/dashboard/permissions");
  const current = there instanceof Refusal ? undefined : there;
  const checked = edit === undefined ? undefined : await ask(checkMap, { params, body: edit.text });
  if (checked instanceof Refusal) return refusedView(checked, "/dashboard/permissions");
  const tried =
    edit === undefined || checked?.state !== "valid"
      ? undefined
      : await ask(dryRun, { params, body: `{"map":${withoutMark(edit.text)},"days":${PREVIEW_DAYS}}` });
  const isLost = edit !== undefined && edit.version !== current?.version;
  return {
    title: `Permission map of ${asking.source}`,
    status: statusOf(edit, isLost, checked?.state === "valid"),
    body: (
      <>
        <MapHead of={asking} view="Text" visit={visit} />
        {isLost ? <Lost asking={asking} current={current} /> : null}
        {edit?.refusal === undefined || isLost || checked?.state !== "valid" || isAsked(edit.refusal) ? null : (
          <p class="fault" role="alert">
            {edit.refusal.detail}
          </p>
        )}
        {edit === undefined || checked === undefined ? null : (
          <Preview checked={checked} tried={tried} before={current?.text ?? ""} after={edit.text} clock={visit.clock} />
        )}
        <EditForm
          asking={asking}
          text={edit?.text ?? (current === undefined ? FIRST : readable(current.text))}
          version={current?.version}
          checked={checked}
          isLost={isLost}
          visit={visit}
        />
      </>
    ),
  };
}

/** Of a lost race: who was quicker. */
function Lost({ asking: { version }, current }: { asking: Awaited<Asking>; current: ToldDocument | undefined }) {
  return (
    <p class="fault" role="alert">
      {current === undefined || version === undefined
        ? "The map was deleted meanwhile."
        : `${version.who} was quicker: version ${version.version} was published while you wrote.`}{" "}
      Your text was not published; it is kept below, compared with what is in force now.
    </p>
  );
}

type Asking = Promise<Exclude<Awaited<ReturnType<typeof findAsking>>, Refusal>>;

/** The question whether it is meant is put by the preview. */
function isAsked({ code }: Refusal): boolean {
  return code === "confirmation_needed";
}

function statusOf(edit: Edit | undefined, isLost: boolean, isValid: boolean): View["status"] {
  if (edit === undefined) return undefined;
  if (!isValid) return 422;
  if (isLost) return 412;
  if (edit.refusal === undefined) return undefined;
  return isAsked(edit.refusal) ? 409 : 422;
}

/** A map on one line is laid out, unless that would lose a name that stands twice. */
function readable(text: string): string {
  if (text.trimEnd().includes("\n")) return text;
  const value: unknown = JSON.parse(text);
  return JSON.stringify(value) === text.trim() ? JSON.stringify(value, undefined, 2) : text;
}

function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, "");
}
