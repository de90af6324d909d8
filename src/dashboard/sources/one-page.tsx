import { drift } from "../../api/drift.ts";
import { Refusal } from "../../api/operation.ts";
import { readRejections } from "../../api/rejections/list.ts";
import { readSource } from "../../api/sources/read.ts";
import { isAdmitted } from "../page/admitted.ts";
import type { Markup, Page, View } from "../page/page.ts";
import type { Visit } from "../page/visit.ts";
import { pagePath } from "../parts/address.ts";
import { Facts } from "../parts/facts.tsx";
import { Age } from "../parts/moment.tsx";
import { Once } from "../parts/once.tsx";
import { refusedView } from "../parts/refused.tsx";
import { SaidLine } from "../parts/said.tsx";
import { Connect } from "./connect.tsx";
import { DriftTable } from "./drift-table.tsx";
import { Keys } from "./keys.tsx";
import { RefusedLately } from "./refused-lately.tsx";
import { TryIt } from "./try-it.tsx";

const MAX_REFUSED = 10;

/** One source. */
export const sourcePage: Page = {
  path: "/dashboard/sources/:id",
  who: "viewer",
  show: (visit) => sourceView(visit),
};

/** What was just done, and is shown above the source. */
export interface JustDone {
  /** A key that was made: it stands in the URLs this once. */
  readonly key?: string | undefined;
  readonly said?: string | undefined;
  readonly told?: Markup | undefined;
}

/** One source: whether it sends, what is refused, and how its vendor is connected. */
export async function sourceView(visit: Visit, { key, said, told }: JustDone = {}): Promise<View> {
  const { ask, params, clock, url, caller } = visit;
  const query = { source: params.id };
  const [source, drifted, refused] = await Promise.all([
    ask(readSource, { params }),
    ask(drift, { query }),
    ask(readRejections, { query: { ...query, limit: MAX_REFUSED } }),
  ]);
  if (source instanceof Refusal) return refusedView(source, "/dashboard/sources");
  return {
    title: source.id,
    body: (
      <>
        <h1>{source.id}</h1>
        <SaidLine url={url} />
        {said === undefined ? null : (
          <div class="said" role="status">
            {said}
          </div>
        )}
        {told}
        {key === undefined ? null : (
          <Once what={`the new key of ${source.id}`} text={key}>
            <p class="note">
              It stands in the URLs below. Paste it into the vendor; keys made before stay live until you end them.
            </p>
          </Once>
        )}
        <Facts
          of={[
            ["Vendor", source.product],
            ["Last event", <Age at={source.last} clock={clock} />],
            ["Time zone", source.zone ?? "none: UTC"],
            ["Key looked for in", source.signed ? `signed: ${source.places.join(", ")}` : source.places.join(", ")],
            ["Logins", source.asks ? <Deciding of={source.id} isOpen={isAdmitted(caller, "supervisor")} /> : undefined],
          ]}
        />
        <Keys of={source} visit={visit} />
        <Connect of={source} shownKey={key} />
        <TryIt of={source} visit={visit} />
        {drifted instanceof Refusal ? null : <DriftTable items={drifted.items} clock={clock} />}
        {refused instanceof Refusal ? null : <RefusedLately of={refused} source={source.id} clock={clock} />}
      </>
    ),
  };
}

/** What decides about logins, for those who may see it. */
function Deciding({ of, isOpen }: { readonly of: string; readonly isOpen: boolean }) {
  return isOpen ? (
    <a href={pagePath("permissions", of)}>its permission map decides</a>
  ) : (
    <>its permission map decides</>
  );
}
