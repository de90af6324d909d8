/** Why a page was not renewed. */
type Cause = "signed out" | "no answer";

/**
 * Says above a page that it stands still, and since when: whoever leaves it open must not take what was for what is. Its
 * title says so, too, for those who see no more of it.
 * @param since milliseconds since the epoch
 */
export function showStale(main: HTMLElement, cause: Cause, since: number): void {
  const shown = main.querySelector<HTMLElement>("[data-stale]");
  if (shown?.dataset.stale === cause) return;
  shown?.remove();
  const line = document.createElement("p");
  line.className = "fault";
  line.dataset.stale = cause;
  line.setAttribute("role", "alert");
  const at = new Date(since).toLocaleTimeString("en-GB");
  line.append(`This page is as it was at ${at}: `);
  if (cause === "no answer") line.append("the relay cannot be asked at the moment. It is tried again by itself.");
  else line.append("you are signed out. ", signInAgain());
  main.prepend(line);
  if (shown === null) document.title = `Stands still · ${document.title}`;
}

/** The page itself asks to sign in, and is shown then. */
function signInAgain(): HTMLAnchorElement {
  const link = document.createElement("a");
  link.href = location.pathname + location.search;
  link.textContent = "Sign in again";
  return link;
}
