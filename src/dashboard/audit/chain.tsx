import type * as z from "zod";
import type { verifyChain } from "../../api/audit/verify.ts";
import { changed } from "../parts/address.ts";
import { Field } from "../parts/form/field.tsx";
import { State } from "../parts/state.tsx";

type Verified = z.output<typeof verifyChain.gives>;

/** Whether the chain is whole, once somebody asks. */
export function Chain({ of, url }: { readonly of: Verified | undefined; readonly url: URL }) {
  return (
    <section class="panel" aria-label="The chain">
      {of === undefined ? null : <Found of={of} url={url} />}
      <form class="filters">
        <input type="hidden" name="verify" value="1" />
        <Field id="head" label="A hash that you noted before (or none)">
          <input id="head" name="head" pattern="[0-9a-f]{64}" value={url.searchParams.get("head") ?? ""} size={34} />
        </Field>
        <button type="submit" class="quiet">
          Verify the chain
        </button>
      </form>
    </section>
  );
}

function Found({ of: { ok, entries, head, firstBroken, why, found, next }, url }: { of: Verified; url: URL }) {
  const wanted = url.searchParams.get("head") ?? "";
  return (
    <div role="status">
      <p>
        {ok ? (
          <State
            of="ok"
            word={next === null ? `The chain of ${entries} entries is whole` : "Whole as far as was looked"}
          />
        ) : (
          <State of="broken" word={`Entry ${firstBroken} is not as it was written`} />
        )}
        {why === undefined ? "" : `: ${why.replaceAll("_", " ")}`}
        {"."}
      </p>
      {head === "" ? null : (
        <p>
          The newest hash: <code class="wrap">{head}</code>{" "}
          <span class="note">Note it elsewhere: it shows later that the end was not cut off.</span>
        </p>
      )}
      {wanted === "" ? null : (
        <p>
          {found === undefined
            ? next === null
              ? "No entry has the hash that you noted."
              : "No entry of this part has the hash that you noted."
            : `Entry ${found} has the hash that you noted.`}
        </p>
      )}
      {next === null ? null : (
        <p>
          <a href={changed(url, { verify: String(next) })}>Look at the rest</a>
        </p>
      )}
    </div>
  );
}
