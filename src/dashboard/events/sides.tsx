import { JsonTree, placeId } from "../parts/json/json-tree.tsx";
import { provenanceOf } from "./provenance.ts";
import type { WholeEvent } from "./told.ts";

/** What came and what was made of it, side by side, with where each value comes from, as far as that can be seen. */
export function Sides({ told: { event, raw } }: { readonly told: WholeEvent }) {
  const isOpen = typeof raw === "object" && raw !== null;
  const data = event.data ?? {};
  const from = isOpen ? provenanceOf(data, raw) : undefined;
  return (
    <div class="columns">
      <section class="panel">
        <h3>What it says</h3>
        <JsonTree
          value={data}
          label="The event's data"
          beside={(path) => {
            const origin = from?.(path);
            return origin === undefined ? null : (
              <a class="origin" href={`#${encodeURI(placeId("raw", origin))}`}>
                from {origin}
              </a>
            );
          }}
        />
      </section>
      <section class="panel">
        <h3>What the vendor sent</h3>
        <JsonTree value={raw} label="What was received" place="raw" />
      </section>
    </div>
  );
}
