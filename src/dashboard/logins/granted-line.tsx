import { address } from "../parts/address.ts";

interface Props {
  readonly query: Readonly<Record<string, string>>;
  readonly source: string;
}

/** A grant that was just made, with what takes it back. */
export function GrantedLine({ query: { said, grant, ...here }, source }: Props) {
  if (said !== "granted" || grant === undefined) return null;
  return (
    <form class="said row" method="post" action={address("/dashboard/logins/end-grant", here)}>
      <span role="status">Granted. It is in force everywhere within about 90 seconds.</span>
      <input type="hidden" name="source" value={source} />
      <input type="hidden" name="id" value={grant} />
      <button type="submit" class="quiet">
        Take it back
      </button>
    </form>
  );
}
