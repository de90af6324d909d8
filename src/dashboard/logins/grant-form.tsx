import { address } from "../parts/address.ts";
import { Commands } from "../parts/commands.tsx";
import type { Explanation } from "./told.ts";
import { nameOf } from "./words.ts";

/** Why a grant was not made, and what had been typed. */
export interface KeptGrant {
  readonly fault: string;
  readonly projects: string;
  readonly until: string;
  readonly note: string;
}

interface Props {
  readonly explanation: Explanation;
  readonly source: string;
  readonly url: URL;
  readonly kept?: KeptGrant | undefined;
}

/** The end of a day, which is never more than a day away. */
const TONIGHT = "23:59";

/** What helps now: to look what a grant would change, and to grant it for today. */
export function GrantForm({ explanation: { question, blockedBy }, source, url, kept }: Props) {
  const projects = kept?.projects ?? blockedBy.join(", ");
  const { userId, username } = question;
  const owner = userId === undefined ? { usernames: username } : { users: userId };
  const here = { ...Object.fromEntries(url.searchParams), said: undefined, grant: undefined, suppose: undefined };
  return (
    <section class="columns help">
      <form class="panel" action="/dashboard/logins#now">
        <h3>What if?</h3>
        {Object.entries(here).map(([name, value]) =>
          value === undefined || value === "" ? null : <input type="hidden" name={name} value={value} />,
        )}
        <p>
          <label for="suppose">Projects</label>
          <input id="suppose" name="suppose" value={projects} required maxlength={400} />
        </p>
        <button type="submit" class="quiet">
          What if they were granted?
        </button>
        <p class="note">Looks only: nothing is changed.</p>
      </form>
      <form class="panel" method="post" action={address("/dashboard/logins/grant", here)}>
        <h3>Grant until tonight</h3>
        {kept === undefined ? null : (
          <p class="fault" role="alert">
            {kept.fault}
          </p>
        )}
        <input type="hidden" name="source" value={source} />
        {Object.entries(owner).map(([section, id]) => (
          <input type="hidden" name={section} value={id} />
        ))}
        <p>
          <label for="projects">Projects</label>
          <input id="projects" name="projects" value={projects} required maxlength={400} />
        </p>
        <p>
          <label for="until">Until</label>
          <input
            id="until"
            name="until"
            value={kept?.until ?? TONIGHT}
            required
            maxlength={40}
            aria-describedby="about-until"
          />
        </p>
        <p id="about-until" class="note">
          24 hours away at most.
        </p>
        <p>
          <label for="note">Why</label>
          <input
            id="note"
            name="note"
            value={kept?.note ?? ""}
            required
            maxlength={300}
            placeholder="stands in for the evening team"
          />
        </p>
        <button type="submit">Grant to {nameOf(question)}</button>
        <Commands
          id="grant"
          origin={url.origin}
          method="POST"
          path={`/api/permissions/${encodeURIComponent(source)}/grants`}
          body={{ ...owner, allow: blockedBy, until: TONIGHT, note: "why" }}
          command={[
            ...["permissions", "grant", source, "--temporary"],
            ...(userId === undefined ? ["--username", username ?? ""] : ["--user", userId]),
            ...["--project", blockedBy[0] ?? "", "--until", TONIGHT, "--note", "why"],
          ]}
        />
      </form>
    </section>
  );
}
