import type { Page } from "playwright-core";

/** Text that becomes a mark, an attribute, a script or a link wherever it is not written as the text that it is. */
export const EVIL = [
  "javascript:window.__pwned=1//",
  `"'\`><x-pwned onclick=window.__pwned=1></x-pwned></title></textarea></option></script>`,
  "<script>window.__pwned=1</script><img src=x onerror=window.__pwned=1><svg onload=window.__pwned=1>",
  `" onfocus=window.__pwned=1 autofocus x="`,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what a template would run.
  "${window.__pwned=1}{{window.__pwned=1}}&lt;x-pwned&gt;<!--",
].join("");
/** Shorter, for names of agents. */
export const EVIL_NAME = `"'><x-pwned></x-pwned><img src=x onerror=window.__pwned=1>`;
/** The same behind what a field wants that takes nothing but addresses. */
export const EVIL_URL = `https://evil.example.com/"><x-pwned></x-pwned>?${EVIL}`;
/** A part of each of them, as a page has it that shows it as the text that it is. */
export const MARK = "<x-pwned";

/** What text from outside did to pages. */
export interface Watch {
  /** What ran, what the policy stopped, what was asked of others, and elements that no page of the dashboard has. */
  readonly found: string[];
  /** The addresses of pages that showed the text. */
  readonly showed: Set<string>;
  /** Looks at the page as it stands. */
  readonly look: () => Promise<void>;
  /** Opens other pages within this one, each as a document of its own, which is quicker. The page must be past its policy. */
  readonly lookInto: (paths: readonly string[]) => Promise<void>;
}

/** Watches a page, from before its first document on. */
export async function watchPage(page: Page): Promise<Watch> {
  const found: string[] = [];
  const showed = new Set<string>();
  const here = () => page.url().replace(/^http:\/\/[^/]*/, "");
  page.on("dialog", async (dialog) => {
    found.push(`${here()}: a dialog`);
    await dialog.dismiss();
  });
  page.on("pageerror", ({ message }) => found.push(`${here()}: ${message}`));
  page.on("request", (request) => {
    const { hostname, pathname, protocol } = new URL(request.url());
    const isOwn = protocol === "about:" || (hostname === "localhost" && pathname.startsWith("/dashboard"));
    if (!isOwn) found.push(`${here()}: asks for ${request.url()}`);
  });
  await page.addInitScript(watchPolicy);
  await page.addInitScript(`window.findTraces = ${findTraces}`);
  const note = ({ path, traces, shows }: Looked) => {
    found.push(...traces.map((trace) => `${path}: ${trace}`));
    if (shows) showed.add(path);
  };
  return {
    found,
    showed,
    look: async () => note({ path: here(), ...(await page.evaluate(lookHere, MARK)) }),
    lookInto: async (paths) => {
      for (const one of await page.evaluate(lookWithin, { paths, shown: MARK })) note(one);
    },
  };
}

interface Traces {
  readonly traces: string[];
  readonly shows: boolean;
}

interface Looked extends Traces {
  readonly path: string;
}

function watchPolicy(): void {
  const violations: string[] = [];
  Reflect.set(window, "__violations", violations);
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, sample, blockedURI }) =>
    violations.push(`the policy stops ${violatedDirective} ${blockedURI} ${sample}`),
  );
}

function lookHere(shown: string): Traces {
  return Reflect.get(window, "findTraces")(window, shown);
}

/** Four at a time, each in a frame that goes away again. */
async function lookWithin({ paths, shown }: { paths: readonly string[]; shown: string }): Promise<Looked[]> {
  const todo = [...paths];
  const looked: Looked[] = [];
  const lane = async () => {
    for (let path = todo.shift(); path !== undefined; path = todo.shift()) {
      const frame = document.createElement("iframe");
      frame.srcdoc = await (await fetch(path)).text();
      const isLoaded = new Promise((resolve) => frame.addEventListener("load", resolve));
      document.body.append(frame);
      await isLoaded;
      looked.push({ path, ...Reflect.get(window, "findTraces")(frame.contentWindow, shown) });
      frame.remove();
    }
  };
  await Promise.all(Array.from({ length: 4 }, lane));
  return looked;
}

/** This is run in the page, and has to be whole. */
function findTraces(view: Window, shown: string): Traces {
  const { document } = view;
  const own = "iframe, object, embed, base, meta[http-equiv], main script, main style, main link, [srcdoc], x-pwned";
  const isStrange = (element: Element) =>
    element.matches(own) ||
    (element.localName === "img" && element.getAttribute("src")?.startsWith("/dashboard/assets/") !== true) ||
    [...element.attributes].some(
      ({ name, value }) =>
        /^on|^style$|["'<>]/.test(name) ||
        (/^(?:href|src|action|formaction|xlink:href)$/.test(name) &&
          !/^https?:$/.test(new URL(value, document.baseURI).protocol)),
    );
  const strange = [...document.querySelectorAll("*")].filter(isStrange).map(({ outerHTML }) => outerHTML.slice(0, 160));
  const fields = [...document.querySelectorAll<HTMLInputElement>("input, textarea")].map(({ value }) => value);
  const ran = Reflect.get(view, "__pwned") === undefined ? [] : ["a payload ran"];
  return {
    traces: [...ran, ...(Reflect.get(view, "__violations") ?? []), ...strange],
    shows: [document.body.textContent, ...fields].some((text) => text.includes(shown)),
  };
}
