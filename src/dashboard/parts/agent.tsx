import { MASKED } from "../../api/masks/mask.ts";
import { Shown } from "./form/hidden.tsx";

interface Props {
  readonly of: { readonly id?: string | undefined; readonly username?: string | undefined } | undefined;
}

/** An agent by the name that they work under, and by their id; what is hidden shows only where nothing else does. */
export function Agent({ of: { id, username } = {} }: Props) {
  const [first, second] = [username, id].filter((one) => one !== undefined && one !== MASKED);
  if (first === undefined) {
    return (username ?? id) === undefined ? <span class="none">–</span> : <Shown text={MASKED} />;
  }
  return (
    <span class="agent wrap">
      {first} {second === undefined ? null : <span class="note">{second}</span>}
    </span>
  );
}
