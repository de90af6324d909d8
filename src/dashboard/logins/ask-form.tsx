import type { Visit } from "../page/visit.ts";
import type { AskingSource } from "./told.ts";
import { isAbsolute, writtenMoment } from "./when.ts";

interface Props {
  readonly visit: Visit;
  readonly asking: readonly AskingSource[];
  /** By which clock times are read. */
  readonly zone: string;
  /** Names and ids to choose from; undefined where the browser has them. */
  readonly names: readonly string[] | undefined;
  /** Why what was typed is no time. */
  readonly fault?: string | undefined;
}

/** Who, and about when: all that has to be known to learn why. */
export function AskForm({ visit: { query }, asking, zone, names, fault }: Props) {
  const { agent = "", at = "", source } = query;
  const when = isAbsolute(at) && fault === undefined ? writtenMoment(at, zone) : at;
  return (
    <form class="ask" action="/dashboard/logins">
      <p>
        <label for="agent">Agent</label>
        <input
          id="agent"
          name="agent"
          value={agent}
          list="agents"
          required
          maxlength={200}
          placeholder="nora_k or 41"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          autofocus={agent === ""}
        />
        {names === undefined ? null : (
          <datalist id="agents">
            {names.map((name) => (
              <option value={name} />
            ))}
          </datalist>
        )}
      </p>
      <p>
        <label for="at">About when</label>
        <input
          id="at"
          name="at"
          value={when}
          maxlength={40}
          placeholder="9:02, yesterday 9:02"
          autocomplete="off"
          aria-describedby={fault === undefined ? "about-at" : "fault-at about-at"}
          aria-invalid={fault === undefined ? undefined : "true"}
        />
      </p>
      {asking.length > 1 ? (
        <p>
          <label for="source">Source</label>
          <select id="source" name="source">
            <option value="">any</option>
            {asking.map((one) => (
              <option value={one.source} selected={one.source === source}>
                {one.source}
              </option>
            ))}
          </select>
        </p>
      ) : null}
      <button type="submit">Why?</button>
      {fault === undefined ? null : (
        <p id="fault-at" class="fault" role="alert">
          {fault}
        </p>
      )}
      <p id="about-at" class="note">
        By the clock of {zone}. Leave it empty for the newest refused login.
      </p>
    </form>
  );
}
