import { namesPerson } from "../../api/events/taken.ts";
import { MASKED } from "../../api/masks/mask.ts";
import type { Caller } from "../../api/people/role.ts";
import { isAdmitted } from "../page/admitted.ts";
import { address, pagePath } from "./address.ts";
import { Shown } from "./form/hidden.tsx";

interface Props {
  readonly subject: string | undefined;
  /** Id of the source. */
  readonly source: string;
  readonly caller: Caller;
}

/**
 * What an event is about: a call leads to its page, all else to the events about the same, for those who may search for
 * it.
 */
export function Subject({ subject, source, caller }: Props) {
  if (subject === undefined) return <span class="none">–</span>;
  if (subject.includes(MASKED)) return <Shown text={subject} />;
  if (namesPerson(subject) && !isAdmitted(caller, "operator")) return <span class="subject wrap">{subject}</span>;
  const call = /^(?:call|interaction)\/(.+)$/s.exec(subject)?.[1];
  const to = call === undefined ? address("/dashboard/events", { source, subject }) : pagePath("calls", source, call);
  return (
    <a href={to} class="subject wrap">
      {subject}
    </a>
  );
}
