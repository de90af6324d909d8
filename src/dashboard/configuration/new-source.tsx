import { sealSecret } from "../../api/config/seal.ts";
import { Refusal } from "../../api/operation.ts";
import { sourceId } from "../../config/schema/source.ts";
import { makeKey } from "../../config/secrets/make-secret.ts";
import { type VendorId, vendorIds, vendorOf } from "../../vendors/index.ts";
import type { Action, Form, Page, View } from "../page/page.ts";
import { Fault } from "../parts/fault.tsx";
import { Field } from "../parts/form/field.tsx";
import { sourceView } from "../sources/one-page.tsx";
import { changeConfig, withMember } from "./change.ts";
import { noName } from "./names.ts";

const PATH = "/dashboard/configuration/new-source";

/** Where a source is made. */
export const newSourcePage: Page = {
  path: PATH,
  who: "admin",
  show: async ({ clock }) => formView({ zone: clock.isKnown ? clock.zone : "UTC" }),
};

/** Makes a source with a key of its own, which is shown once in the URLs to paste, and kept sealed. */
export const makeSource: Action = {
  path: PATH,
  who: "admin",
  act: async (visit, form) => {
    const { id = "", zone } = form;
    const vendor = vendorIds.find((one) => one === form.vendor);
    if (vendor === undefined) return formView(form, new Refusal("invalid_request", "Choose a vendor."));
    if (!sourceId.safeParse(id).success) return formView(form, noName);
    const key = makeKey({ vendor });
    const sealed = await visit.ask(sealSecret, { body: { path: `sources.${id}.keys`, value: key } });
    if (sealed instanceof Refusal) return formView(form, sealed);
    const made = { vendor, keys: [sealed.sealed], ...(zone === undefined ? {} : { timezone: zone }) };
    const refusal = await changeConfig(visit, (document) => withMember(document, "sources", id, made));
    if (refusal !== undefined) return formView(form, refusal);
    return sourceView({ ...visit, params: { id } }, { key, said: wordsFor(id, vendor) });
  },
};

function wordsFor(id: string, vendor: VendorId): string {
  const map = "questionKind" in vendorOf(vendor) && vendorOf(vendor).questionKind !== undefined;
  const next = map ? " It lets nobody in before it has a permission map." : "";
  return `${id} is configured. It takes webhooks here at once, and everywhere within 90 seconds.${next}`;
}

function formView({ id = "", vendor = "", zone = "" }: Form, refusal?: Refusal): View {
  return {
    title: "New source",
    status: refusal === undefined ? undefined : refusal.code === "precondition_failed" ? 412 : 422,
    body: (
      <>
        <h1>New source</h1>
        <p class="lead">One account of a vendor: its URL, and a key that is made now.</p>
        <Fault of={refusal} />
        <form method="post" action={PATH} class="form">
          <Field id="vendor" label="Vendor">
            <select id="vendor" name="vendor">
              {vendorIds.map((one) => (
                <option value={one} selected={one === vendor}>
                  {vendorOf(one).name}
                </option>
              ))}
            </select>
          </Field>
          <Field id="id" label="Name" note="Letters, digits, - and _. It stands in the URL, and in every event.">
            <input
              id="id"
              name="id"
              value={id}
              required
              maxlength={64}
              autocomplete="off"
              placeholder="acme-vcc"
              aria-describedby="id-note"
            />
          </Field>
          <Field
            id="zone"
            label="Time zone"
            note="Of times that the vendor sends without one, such as Europe/Budapest."
          >
            <input id="zone" name="zone" value={zone} aria-describedby="zone-note" />
          </Field>
          <button type="submit">Make it</button>
        </form>
      </>
    ),
  };
}
