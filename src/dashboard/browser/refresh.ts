import { Idiomorph } from "idiomorph";
import { showStale } from "./stale.ts";

/** After so long without anybody touching the page, news are looked for more seldom. */
const IDLE_AFTER_MS = 600_000;
const IDLE_SECONDS = 30;
const SIGN_IN = "/dashboard/sign-in";
/** No answer is waited for longer: a page that stands still says so. */
const ANSWER_LIMIT_MS = 20_000;

const policy = makePolicy();

/**
 * Looks for news of a page that asks for it, while it is in sight. What stands still keeps its place, its focus and what was
 * typed; where new rows come on top of a list, a bar says how many, and nothing moves until it is pressed.
 */
export function refresh(): void {
  const main = document.querySelector<HTMLElement>("main[data-refresh]");
  const seconds = Number(main?.dataset.refresh);
  if (main === null || !(seconds > 0)) return;
  let touched = Date.now();
  let renewed = Date.now();
  for (const kind of ["pointerdown", "keydown", "scroll"]) {
    document.addEventListener(kind, () => (touched = Date.now()), { passive: true });
  }
  const wait = () => setTimeout(look, 1000 * (Date.now() - touched > IDLE_AFTER_MS ? IDLE_SECONDS : seconds));
  const look = async () => {
    if (document.visibilityState === "visible") {
      const came = await renew(main).catch(() => "no answer" as const);
      if (came === "renewed") renewed = Date.now();
      else showStale(main, came, renewed);
    }
    wait();
  };
  wait();
}

async function renew(main: HTMLElement): Promise<"renewed" | "signed out" | "no answer"> {
  const response = await fetch(location.href, {
    headers: { accept: "text/html", "x-renewal": "1" },
    signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
  });
  // One that was searched for and leads to its own page by now is left where it is.
  if (response.redirected) return new URL(response.url).pathname === SIGN_IN ? "signed out" : "renewed";
  if (!response.ok) return "no answer";
  const text = await response.text();
  const parsed = new DOMParser().parseFromString(policy.createHTML(text), "text/html");
  const fresh = parsed.querySelector("main");
  if (fresh === null) return "no answer";
  document.title = parsed.title;
  const list = main.querySelector<HTMLElement>("[data-rows]");
  const news = list === null ? 0 : countNews(list, fresh);
  main.querySelector("[data-stale]")?.remove();
  if (news > 0) showBar(main, fresh, news);
  else await Idiomorph.morph(main, fresh, options);
  return "renewed";
}

/** Of an open part, and of what somebody has typed, nothing is changed. */
const options = {
  ignoreActiveValue: true,
  // The new <main> takes the place of the old one: as its content it would be put into itself.
  morphStyle: "outerHTML" as const,
  callbacks: {
    beforeAttributeUpdated: (name: string, node: Element) =>
      !(name === "open" && node instanceof HTMLDetailsElement) && !isTyped(name, node),
    // What may be chosen from is sent once.
    beforeNodeRemoved: (node: Node) => !(node instanceof HTMLDataListElement),
  },
};

/** Whether somebody has written or chosen something there that the page did not have. */
function isTyped(name: string, node: Element): boolean {
  if (node instanceof HTMLOptionElement) return name === "selected" && isChosen(node.closest("select"));
  if (!(node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement)) return false;
  if (name === "value") return node.value !== node.defaultValue;
  return name === "checked" && node instanceof HTMLInputElement && node.checked !== node.defaultChecked;
}

function isChosen(field: HTMLSelectElement | null): boolean {
  if (field === null) return false;
  const given = [...field.options].findIndex((option) => option.defaultSelected);
  return field.selectedIndex !== Math.max(0, given);
}

function countNews(list: HTMLElement, fresh: Element): number {
  const known = new Set(rowIds(list));
  return rowIds(fresh.querySelector("[data-rows]")).filter((id) => !known.has(id)).length;
}

function rowIds(list: Element | null): string[] {
  return [...(list?.querySelectorAll("[data-row]") ?? [])].map((row) => row.getAttribute("data-row") ?? "");
}

function showBar(main: HTMLElement, fresh: Element, news: number): void {
  const bar = main.querySelector<HTMLButtonElement>("button.news") ?? makeBar(main);
  bar.textContent = `${news} new`;
  bar.onclick = async () => {
    bar.parentElement?.remove();
    await Idiomorph.morph(main, fresh, options);
    // What had the focus is gone, and what is new may be out of sight.
    main.querySelector<HTMLElement>("[data-rows] [data-row] a[href]")?.focus();
  };
}

/** It takes no room of its own, so that nothing moves, and is read out where a page is heard. */
function makeBar(main: HTMLElement): HTMLButtonElement {
  const [place, bar] = [document.createElement("div"), document.createElement("button")];
  place.setAttribute("role", "status");
  bar.className = "news";
  place.append(bar);
  main.querySelector("[data-rows]")?.before(place);
  return bar;
}

/** The one place where text becomes a document: the relay's own pages, from its own origin. */
function makePolicy(): { createHTML: (text: string) => string } {
  const same = { createHTML: (text: string) => text };
  const factory = Reflect.get(window, "trustedTypes");
  return factory === undefined ? same : factory.createPolicy("hookswitch", same);
}
