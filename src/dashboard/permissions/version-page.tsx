import { Refusal } from "../../api/operation.ts";
import { readMapChanges } from "../../api/permissions/changes.ts";
import { checkMap } from "../../api/permissions/check.ts";
import { readPermissions } from "../../api/permissions/read.ts";
import { readMapVersion } from "../../api/permissions/versions.ts";
import type { Page } from "../page/page.ts";
import { pagePath } from "../parts/address.ts";
import { Commands } from "../parts/commands.tsx";
import { LineDiff } from "../parts/diff/line-diff.tsx";
import { Facts } from "../parts/facts.tsx";
import { Editor } from "../parts/form/editor.tsx";
import { Moment } from "../parts/moment.tsx";
import { refusedView } from "../parts/refused.tsx";
import { whoWrote } from "../parts/who-wrote.ts";
import { Difference } from "./difference.tsx";
import { findAsking, MapHead } from "./map-head.tsx";
import { RollBack } from "./roll-back.tsx";

/** One version of a map, what it changed, what would change with it again, and what puts it in force again. */
export const mapVersionPage: Page = {
  path: "/dashboard/permissions/:source/versions/:version",
  who: "supervisor",
  show: async (visit) => {
    const { ask, read, params, clock, caller, url } = visit;
    const path = { source: params.source };
    const there = await read(readMapVersion, { params });
    if (there instanceof Refusal) return refusedView(there, pagePath("permissions", params.source ?? "", "versions"));
    const [current, changed, checked, asking] = await Promise.all([
      read(readPermissions, { params: path }),
      ask(readMapChanges, { params }),
      ask(checkMap, { params: path, body: there.text }),
      findAsking(visit),
    ]);
    if (asking instanceof Refusal) return refusedView(asking, "/dashboard/permissions");
    const { source } = asking;
    const about = changed instanceof Refusal ? undefined : changed;
    const isInForce = !(current instanceof Refusal) && current.version === there.version;
    const difference = checked instanceof Refusal ? undefined : checked.difference;
    return {
      title: `Version ${about?.version ?? there.version} of the map of ${source}`,
      body: (
        <>
          <MapHead of={asking} view="Versions" visit={visit} />
          <h2>{about === undefined ? `Version ${there.version}` : `Version ${about.version}`}</h2>
          <Facts
            of={[
              ["By", about === undefined ? undefined : whoWrote(about.who)],
              ["When", about === undefined ? undefined : <Moment at={about.at} clock={clock} />],
              ["Hash", <span class="id">{there.version}</span>],
              ["State", isInForce ? "in force" : undefined],
            ]}
          />
          {about === undefined ? null : (
            <>
              <h2>What it changed: {about.difference?.text ?? "the version before it is not kept any more"}</h2>
              {about.difference === undefined ? null : <Difference of={about.difference} heads={["Before", "After"]} />}
            </>
          )}
          {isInForce ? null : (
            <>
              <h2>With it again: {difference?.text ?? "it cannot be compared, for it is not valid any more"}</h2>
              {caller.role === "admin" && about !== undefined ? (
                <p>
                  <RollBack source={source} version={about.version} />
                </p>
              ) : null}
              {difference === undefined ? null : <Difference of={difference} />}
              {current instanceof Refusal ? null : (
                <details>
                  <summary>By line</summary>
                  <LineDiff
                    before={current.text}
                    after={there.text}
                    label="What differs from the map in force, by line"
                  />
                </details>
              )}
              {about === undefined ? null : (
                <Commands
                  id="rollback"
                  origin={url.origin}
                  method="POST"
                  path={`/api/permissions/${encodeURIComponent(source)}/rollback`}
                  body={{ version: about.version }}
                  command={["permissions", "rollback", source, String(about.version)]}
                />
              )}
            </>
          )}
          <Editor name="text" label="As it was written" text={there.text} readonly />
        </>
      ),
    };
  },
};
