import { sealSecret } from "../../api/config/seal.ts";
import { Refusal } from "../../api/operation.ts";
import { sourceId } from "../../config/schema/source.ts";
import { makeSigningSecret } from "../../config/secrets/make-secret.ts";
import { destinationView } from "../destinations/one-page.tsx";
import { Verify } from "../destinations/verify.tsx";
import type { Action, Form, Page, View } from "../page/page.ts";
import { Fault } from "../parts/fault.tsx";
import { Field } from "../parts/form/field.tsx";
import { Once } from "../parts/once.tsx";
import { changeConfig, withMember } from "./change.ts";
import { noName } from "./names.ts";

const PATH = "/dashboard/configuration/new-destination";
const formats = ["cloudevents", "standard", "raw"];

/** Where a destination is made. */
export const newDestinationPage: Page = { path: PATH, who: "admin", show: async () => formView({}) };

/** Makes a destination with a secret of its own, which is shown once and kept sealed. */
export const makeDestination: Action = {
  path: PATH,
  who: "admin",
  act: async (visit, form) => {
    const { id = "", url = "", events = "*", format = "cloudevents" } = form;
    if (!sourceId.safeParse(id).success) return formView(form, noName);
    const secret = makeSigningSecret();
    const sealed = await visit.ask(sealSecret, { body: { path: `destinations.${id}.secrets`, value: secret } });
    if (sealed instanceof Refusal) return formView(form, sealed);
    const made = { url, secrets: [sealed.sealed], events: events.split(/[\s,]+/).filter((one) => one !== ""), format };
    const refusal = await changeConfig(visit, (document) => withMember(document, "destinations", id, made));
    if (refusal !== undefined) return formView(form, refusal);
    return destinationView(
      { ...visit, params: { id } },
      <>
        <div class="said" role="status">
          {id} is configured. It works here at once, and everywhere within 90 seconds. Send it a test event.
        </div>
        <Once what={`the secret of ${id}`} text={secret}>
          <p class="note">Give it to whoever runs the receiver: it proves that a delivery is this relay's.</p>
          <Verify />
        </Once>
      </>,
    );
  },
};

function formView({ id = "", url = "", events = "*", format = "cloudevents" }: Form, refusal?: Refusal): View {
  return {
    title: "New destination",
    status: refusal === undefined ? undefined : refusal.code === "precondition_failed" ? 412 : 422,
    body: (
      <>
        <h1>New destination</h1>
        <p class="lead">A URL of your own that gets events, signed with a secret that is made now.</p>
        <Fault of={refusal} />
        <form method="post" action={PATH} class="form">
          <Field id="id" label="Name" note="Letters, digits, - and _. Deliveries, counts and tokens name it.">
            <input id="id" name="id" value={id} required maxlength={64} autocomplete="off" aria-describedby="id-note" />
          </Field>
          <Field id="url" label="URL" note="https, reached from the internet.">
            <input
              id="url"
              name="url"
              type="url"
              value={url}
              required
              placeholder="https://crm.example.com/hooks"
              aria-describedby="url-note"
            />
          </Field>
          <Field
            id="events"
            label="Events"
            note={
              <>
                Types or groups, such as <code>call.*</code>; <code>*</code> is all but the relay's own, which are{" "}
                <code>relay.*</code>.
              </>
            }
          >
            <input id="events" name="events" value={events} aria-describedby="events-note" />
          </Field>
          <Field id="format" label="Format">
            <select id="format" name="format">
              {formats.map((one) => (
                <option value={one} selected={one === format}>
                  {one}
                </option>
              ))}
            </select>
          </Field>
          <button type="submit">Make it</button>
        </form>
        <p class="note">
          All else (mask, limits, retries, headers, filters) stands in the{" "}
          <a href="/dashboard/configuration">configuration</a>.
        </p>
      </>
    ),
  };
}
