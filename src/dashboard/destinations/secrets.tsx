import type { Visit } from "../page/visit.ts";
import { pagePath } from "../parts/address.ts";
import { Commands } from "../parts/commands.tsx";
import { Act } from "../parts/form/act.tsx";
import type { Destination } from "./state.ts";

/** How deliveries are signed, and for admins how that is changed. */
export function Secrets({ of: { id, secrets }, visit: { caller, url } }: { of: Destination; visit: Visit }) {
  const how = secrets === 0 ? "Deliveries are not signed." : secrets === 1 ? "One secret signs." : bothSign(secrets);
  return (
    <>
      <p>{how}</p>
      {caller.role === "admin" ? (
        <>
          <div class="row">
            {secrets > 1 ? (
              <Act to={pagePath("destinations", id, "end-old")} name="End the old one" what={`of ${id}`} />
            ) : (
              <Act
                to={pagePath("destinations", id, "rotate")}
                name={secrets === 0 ? "Make a secret" : "Rotate the secret"}
                what={`of ${id}`}
                fields={{ seen: String(secrets) }}
              />
            )}
          </div>
          <p class="note">
            A new secret is shown once and signs at once beside the one before, so that nothing goes out that cannot be
            verified. Give it to the receiver, send a test event, then end the old one. To take the end back, roll the
            configuration back.
          </p>
          <Commands
            id="rotate"
            what="Rotate"
            origin={url.origin}
            method="POST"
            path={`/api/destinations/${encodeURIComponent(id)}/secret`}
            command={["destinations", "rotate", id]}
          />
        </>
      ) : null}
    </>
  );
}

function bothSign(secrets: number): string {
  return `${secrets} secrets sign each delivery: whoever verifies may use any of them. When the receiver uses the newest is only known there.`;
}
