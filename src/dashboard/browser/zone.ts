import { ZONE_COOKIE } from "../page/zone-cookie.ts";

/** Tells the server which zone this browser is in; the first page of all is asked for again to be written so. */
export function sayZone(): void {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  if (timeZone === undefined) return;
  const pair = `${ZONE_COOKIE}=${encodeURIComponent(timeZone)}`;
  const isSaid = () => document.cookie.split("; ").includes(pair);
  if (isSaid()) return;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere.
  document.cookie = `${pair}; path=/dashboard; max-age=31536000; samesite=lax`;
  // Where no cookie is kept the page would be asked for again for ever.
  const isUnknown = document.querySelector("[data-zone=unknown]") !== null;
  if (isUnknown && isSaid() && timeZone !== "UTC") location.reload();
}
