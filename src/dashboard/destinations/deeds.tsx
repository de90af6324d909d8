import { isAtLeast } from "../../api/people/role.ts";
import type { Visit } from "../page/visit.ts";
import { address, pagePath } from "../parts/address.ts";
import { Commands } from "../parts/commands.tsx";
import { Act } from "../parts/form/act.tsx";
import { PauseOrResume } from "./list-page.tsx";
import { actFor, type Destination } from "./state.ts";

/** What can be done with a destination. */
export function Deeds({ of, visit: { caller, url } }: { readonly of: Destination; readonly visit: Visit }) {
  const { id } = of;
  if (!isAtLeast(caller, "operator")) return null;
  const act = actFor(of);
  return (
    <>
      <div class="row">
        <Act to={pagePath("destinations", id, "test")} name="Send a test event" what={`to ${id}`} isMain />
        <PauseOrResume of={of} from="page" />
        <a href={address("/dashboard/events", { destination: id })}>Its events</a>
        <a href={address("/dashboard/dead-letters", { destination: id })}>Its dead letters</a>
      </div>
      <Commands
        id="test"
        what="Test"
        origin={url.origin}
        method="POST"
        path={`/api/destinations/${encodeURIComponent(id)}/test`}
        command={["destinations", "test", id]}
      />
      <Commands
        id="pause"
        what={act === "pause" ? "Pause" : "Resume"}
        origin={url.origin}
        method="POST"
        path={`/api/destinations/${encodeURIComponent(id)}/${act}`}
        command={["destinations", act, id]}
      />
    </>
  );
}
