import { MASKED } from "../../../api/masks/mask.ts";

/** A text as its reader may see it: what is hidden of it has a form of its own, and a word. */
export function Shown({ text }: { readonly text: string }) {
  const [before = "", ...rest] = text.split(MASKED);
  if (rest.length === 0) return <span class="wrap">{text}</span>;
  return (
    <span class="wrap">
      {before}
      {rest.map((after) => (
        <>
          <span class="hidden-value">hidden</span>
          {after}
        </>
      ))}
    </span>
  );
}
