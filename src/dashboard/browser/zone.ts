/** Tells the server which zone this browser is in; the first page of all is asked for again to be written so. */
export function sayZone(): void {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const said = document.cookie.split("; ").find((pair) => pair.startsWith("hookswitch-zone="));
  if (timeZone === undefined || said === `hookswitch-zone=${encodeURIComponent(timeZone)}`) return;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere.
  document.cookie = `hookswitch-zone=${encodeURIComponent(timeZone)}; path=/dashboard; max-age=31536000; samesite=lax`;
  const isFirst =
    document.querySelector("[data-zone=unknown]") !== null && document.cookie.includes("hookswitch-zone=");
  if (isFirst && timeZone !== "UTC") location.reload();
}
