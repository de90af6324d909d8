/** A sentence of the API: what stands between ` is code. */
export function InCode({ text }: { readonly text: string }) {
  return <>{text.split("`").map((part, at) => (at % 2 === 1 ? <code class="wrap">{part}</code> : part))}</>;
}
