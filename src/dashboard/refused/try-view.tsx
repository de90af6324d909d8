import type { Refusal } from "../../api/operation.ts";
import type { View } from "../page/page.ts";
import { Commands } from "../parts/commands.tsx";
import { Facts } from "../parts/facts.tsx";
import { Fault } from "../parts/fault.tsx";
import { InCode } from "../parts/in-code.tsx";
import { refusedView } from "../parts/refused.tsx";
import { State } from "../parts/state.tsx";
import type { Tried } from "./told.ts";

const methods = ["POST", "GET", "PUT"] as const;

interface Given {
  readonly origin: string;
  readonly method?: string | undefined;
  readonly tried?: Tried | undefined;
  readonly refusal?: Refusal | undefined;
}

/** Where a request is pasted, and what would become of it. What was pasted may hold a key, and is not shown again. */
export function tryView({ origin, method, tried, refusal }: Given): View {
  return {
    title: "Try a request",
    status: refusal && refusedView(refusal).status,
    body: (
      <>
        <h1>Why would this be refused?</h1>
        <p class="lead">
          Paste a request as the vendor sends it. It is judged as if it came now, and nothing else happens: it is not
          counted, not stored, not sent on, and not shown again.
        </p>
        {tried === undefined ? null : <Judged tried={tried} />}
        <Fault of={refusal} />
        <form method="post" action="/dashboard/refused/try" class="stack" autocomplete="off">
          <div class="filters">
            <label>
              Method
              <select name="method">
                {methods.map((one) => (
                  <option value={one} selected={one === method}>
                    {one}
                  </option>
                ))}
              </select>
            </label>
            <label class="wide">
              Address
              <input
                name="url"
                required
                maxlength={16384}
                placeholder="/in/acme-vcc/user?secret-key=…"
                spellcheck={false}
              />
            </label>
          </div>
          <label for="headers">Headers, a line each</label>
          <textarea
            id="headers"
            name="headers"
            rows={4}
            placeholder="content-type: application/json"
            spellcheck={false}
          />
          <label for="body">Body</label>
          <textarea id="body" name="body" rows={10} spellcheck={false} />
          <p>
            <button type="submit">Try it</button>
          </p>
        </form>
        <Commands
          id="try"
          origin={origin}
          method="POST"
          path="/api/rejections/try"
          body={{ method: "POST", url: "/in/acme-vcc/user?secret-key=…", headers: {}, body: "{}" }}
          command={["rejections", "try", "--file", "request.http"]}
        />
      </>
    ),
  };
}

function Judged({ tried }: { readonly tried: Tried }) {
  const { accepted, status, reason, source, vendor, kind, key, signed, looked, came, warnings, sentence, next } = tried;
  return (
    <section class="panel" role="status">
      <h2>
        <State of={accepted ? "accepted" : "refused"} /> <InCode text={sentence} />
      </h2>
      <p>
        <InCode text={next} />
      </p>
      <Facts
        of={[
          ["Answered", status],
          ["Reason", reason],
          ["Source", source === undefined || vendor === undefined ? source : `${source} (${vendor})`],
          ["Kind", kind],
          [
            "Proved by",
            key === undefined ? undefined : (
              <>
                {signed ? "a signature with " : ""}the key <code>{key}</code>
              </>
            ),
          ],
          ["Looked in", looked.length === 0 ? undefined : looked.join(", ")],
          ["Something stood in", came.length === 0 ? undefined : came.join(", ")],
          ["Warnings", warnings.length === 0 ? undefined : warnings.join(", ").replaceAll("_", " ")],
        ]}
      />
    </section>
  );
}
