import type { Visit } from "../page/visit.ts";
import { pagePath } from "../parts/address.ts";
import { Commands } from "../parts/commands.tsx";
import { Copied } from "../parts/copied.tsx";
import { Act } from "../parts/form/act.tsx";
import type { Source } from "./told.ts";

/** Whether a webhook would get through, and how to send one. */
export function TryIt({ of: { id, vendor, kinds }, visit: { caller, url } }: { of: Source; visit: Visit }) {
  if (caller.role !== "admin") return null;
  const kind = kinds.find((one) => one !== "project-login") ?? "anything";
  return (
    <>
      <h2>Try it</h2>
      <Act to={pagePath("sources", id, "test")} name="Send a test webhook" what={`to ${id}`} />
      <p class="note">
        It tries each key in its place, and sends one webhook of the relay's own from here to the log, where it is
        removed again. No destination gets anything.
      </p>
      <Commands id="selftest" origin={url.origin} method="POST" path="/api/selftest" body={{ source: id }} />
      <p>
        A realistic webhook of the vendor, which goes the whole way to the destinations:{" "}
        <Copied
          id="send"
          text={`npx hookswitch send ${vendor} ${kind} --url ${url.origin} --source ${id} --key "$KEY"`}
          what="the command"
        />
      </p>
    </>
  );
}
