import type { Refusal } from "../../api/operation.ts";

/** Why a form was not done, beside it, in the API's own sentence and with the names of its fields. */
export function Fault({ of }: { readonly of: Refusal | undefined }) {
  return of === undefined ? null : (
    <p class="fault" role="alert">
      {of.detail.replaceAll(/(^|; )(?:query|body|params)\.(?:filter\.)?/g, "$1")}
    </p>
  );
}
