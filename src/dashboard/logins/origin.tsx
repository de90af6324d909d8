import type { Clock } from "../page/clock.ts";
import { span } from "../page/clock.ts";
import { address, pagePath } from "../parts/address.ts";
import { Facts } from "../parts/facts.tsx";
import { Moment } from "../parts/moment.tsx";
import { whoWrote } from "../parts/who-wrote.ts";
import type { Explanation } from "./told.ts";

interface Props {
  readonly explanation: Explanation;
  readonly source: string;
  readonly clock: Clock;
}

/** By which version of the map it was decided, and where the login itself can be found. */
export function Origin({ explanation: { map, noMap, newer, asked, question }, source, clock }: Props) {
  return (
    <>
      {newer === undefined ? null : (
        <p class="warning">
          <a href={pagePath("permissions", source, "versions", String(newer.version))}>Version {newer.version}</a> of
          the map, of <Moment at={newer.since} clock={clock} />, had been made and had not arrived there yet.
        </p>
      )}
      <Facts
        of={[
          [
            "Map",
            map === undefined ? (noMap ?? "there is no map") : <Version of={map} source={source} clock={clock} />,
          ],
          ["Group", question.groupId],
          ["Its copy", asked?.mapAgeSeconds === undefined ? undefined : `${span(asked.mapAgeSeconds * 1000)} old`],
          ["Decided in", asked?.ms === undefined ? undefined : `${asked.ms} ms`],
          [
            "Receipt",
            asked === undefined ? undefined : (
              <a href={address("/dashboard/events", { q: asked.receipt })} class="id">
                {asked.receipt}
              </a>
            ),
          ],
        ]}
      />
    </>
  );
}

function Version({ of, source, clock }: { of: NonNullable<Explanation["map"]>; source: string; clock: Clock }) {
  return (
    <>
      <a href={pagePath("permissions", source, "versions", String(of.version))}>version {of.version}</a>{" "}
      {of.who === "kv" ? whoWrote(of.who) : `by ${of.who}`}, since <Moment at={of.since} clock={clock} />
    </>
  );
}
