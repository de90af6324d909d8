import { State } from "./state.tsx";

interface Props {
  /** The destination. */
  readonly id: string;
  readonly dead: { readonly deliveries: number; readonly more: boolean };
  /** Where they are listed; the page of dead letters unless given. */
  readonly path?: string | undefined;
}

/** How many dead letters a destination has, which leads to them; nothing where it has none. */
export function DeadLettersLink({ id, dead: { deliveries, more }, path }: Props) {
  if (deliveries === 0) return null;
  return (
    <a href={path ?? `/dashboard/dead-letters?${new URLSearchParams({ destination: id })}`}>
      <State of="dead" word={`${deliveries}${more ? " or more" : ""} dead`} />
    </a>
  );
}
