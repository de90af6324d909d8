import type { PropsWithChildren } from "hono/jsx";
import { address } from "./address.ts";

/** What was done, as the address of the page after it says: a word of this table, so that no link can put words into a page. */
const sentences = {
  paused: "Paused. What comes for it waits, and nothing is lost.",
  resumed: "Resumed. What waited is sent.",
  replayed: "It goes again: the same bytes under the same id.",
  nothing_replayed: "Nothing went again: no destination was due to get it, or none of them is configured any more.",
  replay_started: "It has started. It can be cancelled as long as it runs.",
  replay_cancelled: "Cancelled. Nothing more of it begins; what was begun goes on.",
  granted: "Granted. It is in force everywhere within about 90 seconds.",
  published: "Published. It is in force everywhere within about 90 seconds.",
  rolled_back: "Rolled back. It is in force everywhere within about 90 seconds.",
  grant_ended: "Taken back. It is out of force everywhere within about 90 seconds.",
  secret_ended: "The older secret is ended: from now on the newest one signs alone.",
  key_ended: "The key is ended: what comes with it is refused, within 90 seconds everywhere.",
  config_published: "Published. It is in force everywhere within 90 seconds, most often sooner.",
  config_rolled_back: "Rolled back, as a new version. It is in force everywhere within 90 seconds.",
  acknowledged: "Acknowledged. It closes by itself once it is over.",
  token_ended: "The token is ended, and everybody who signed in with it is signed out.",
  sent_again: "Sent again: the same bytes under the same id.",
} as const;

export type Said = keyof typeof sentences;

/** Leads to a page that says what was done. */
export function done(path: string, said: Said): Response {
  const [to = "", fragment] = path.split("#");
  const query = Object.fromEntries(new URLSearchParams(to.split("?")[1] ?? ""));
  const location = address(to.split("?")[0] ?? "", { ...query, said });
  return new Response(null, {
    status: 303,
    headers: { location: fragment === undefined ? location : `${location}#${fragment}` },
  });
}

/** Says what was done, if the address says so; what stands in it takes that back. */
export function SaidLine({ url, children }: PropsWithChildren<{ readonly url: URL }>) {
  const said = url.searchParams.get("said");
  const sentence = Object.entries(sentences).find(([word]) => word === said)?.[1];
  return sentence === undefined ? null : (
    <div class="said row" role="status">
      <span>{sentence}</span>
      {children}
    </div>
  );
}
