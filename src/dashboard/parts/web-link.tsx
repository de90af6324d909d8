/** A link that came with an event: only one to the web is a link, and it tells nobody where one comes from. */
export function WebLink({ to }: { readonly to: string }) {
  const isWeb = URL.canParse(to) && ["https:", "http:"].includes(new URL(to).protocol);
  return isWeb ? (
    <a href={to} rel="noopener noreferrer external" target="_blank">
      {to}
    </a>
  ) : (
    <span class="wrap">{to}</span>
  );
}
