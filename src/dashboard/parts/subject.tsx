import { MASKED } from "../../api/masks/mask.ts";
import { address, pagePath } from "./address.ts";
import { Shown } from "./hidden.tsx";

interface Props {
  readonly subject: string | undefined;
  /** Id of the source. */
  readonly source: string;
}

/** What an event is about: a call leads to its page, all else to the events about the same. */
export function Subject({ subject, source }: Props) {
  if (subject === undefined) return <span class="none">–</span>;
  if (subject.includes(MASKED)) return <Shown text={subject} />;
  const call = /^(?:call|interaction)\/(.+)$/s.exec(subject)?.[1];
  const to = call === undefined ? address("/dashboard/events", { source, subject }) : pagePath("calls", source, call);
  return (
    <a href={to} class="subject wrap">
      {subject}
    </a>
  );
}
