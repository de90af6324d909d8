const HOME = "/dashboard";
/** Any origin: how a path reads on it is asked only. */
const BASE = "https://relay.invalid";
const MAX_CHARACTERS = 2048;

/** Where somebody goes once signed in: to the page that they asked for, which is one of the dashboard's, else to the first. */
export function returnPath(asked: string | null | undefined): string {
  if (asked === null || asked === undefined || asked.length > MAX_CHARACTERS) return HOME;
  // A browser takes a backslash for a slash, and leaves out tabs and line ends.
  if (/[\\\p{Cc}]/u.test(asked)) return HOME;
  // A browser undoes dots, written out or escaped: a page of the dashboard is written without.
  if (URL.parse(asked, BASE)?.pathname !== asked.split(/[?#]/)[0]) return HOME;
  return asked === HOME || asked.startsWith(`${HOME}/`) || asked.startsWith(`${HOME}?`) ? asked : HOME;
}

/** The page on which one signs in to go there. */
export function signInPath(to: string): string {
  return to === HOME ? `${HOME}/sign-in` : `${HOME}/sign-in?${new URLSearchParams({ to })}`;
}
