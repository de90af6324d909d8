import { exports } from "cloudflare:workers";

/** What a browser got. */
export interface Shown {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
}

const ORIGIN = "https://relay.example.com";

/** A browser that keeps the cookies of one host, and follows nothing by itself. */
export class Browser {
  readonly #cookies: Map<string, string> = new Map();
  readonly #origin: string;

  /** @param beside another one, whose cookies of the same host it has, whatever the port */
  constructor(origin = ORIGIN, beside?: Browser) {
    this.#origin = origin;
    if (beside !== undefined) this.#cookies = beside.#cookies;
  }

  /** The cookies that it holds, by name. */
  get cookies(): ReadonlyMap<string, string> {
    return this.#cookies;
  }

  async open(path: string, headers: Record<string, string> = {}): Promise<Shown> {
    return this.#fetch(path, { headers });
  }

  /** Sends a form of the page's own. */
  async send(path: string, form: Record<string, string>, headers: Record<string, string> = {}): Promise<Shown> {
    return this.#fetch(path, {
      method: "POST",
      body: new URLSearchParams(form),
      headers: { origin: this.#origin, "sec-fetch-site": "same-origin", ...headers },
    });
  }

  /** Asks otherwise than pages do. */
  async ask(method: string, path: string, headers: Record<string, string> = {}): Promise<Shown> {
    return this.#fetch(path, {
      method,
      headers: { origin: this.#origin, "sec-fetch-site": "same-origin", ...headers },
    });
  }

  async #fetch(path: string, init: RequestInit): Promise<Shown> {
    const headers = new Headers(init.headers);
    if (this.#cookies.size > 0) {
      headers.set("cookie", [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    }
    const request = new Request(`${this.#origin}${path}`, { ...init, headers, redirect: "manual" });
    const response = await exports.default.fetch(request);
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return { status: response.status, headers: response.headers, html: await response.text() };
  }

  #keep(line: string): void {
    const [pair = ""] = line.split(";");
    const [name = "", value = ""] = pair.split("=");
    if (/max-age=0/i.test(line)) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}

/** A browser in which the holder of a token has signed in. */
export async function signedIn(token = "test-admin-token"): Promise<Browser> {
  const browser = new Browser();
  await browser.send("/dashboard/sign-in", { token });
  return browser;
}
