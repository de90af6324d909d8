import { env, exports } from "cloudflare:workers";
import { forgetRelay } from "../../src/config/load-relay.ts";
import { forgetPermissions } from "../../src/login/store/permissions.ts";

/** What the API answered. */
export interface Answer {
  readonly status: number;
  /** The version that the ETag names. */
  readonly etag: string | null;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

/** Calls the API as the operator. A body that is text is sent as it is. */
export async function call(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await exports.default.fetch(
    new Request(`http://localhost/api/${path}`, {
      method,
      headers: { authorization: "Bearer test-admin-token", ...headers },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    }),
  );
  const text = await response.text();
  return {
    status: response.status,
    etag: response.headers.get("etag"),
    headers: response.headers,
    text,
    body: JSON.parse(text),
  };
}

/** Configures one VCC Live source, `vcc`, in a new isolate. */
export async function configureVcc(settings: object = {}): Promise<void> {
  const vcc = { vendor: "vcc-live", keys: ["vcc-key"], timezone: "Europe/Budapest", ...settings };
  await env.CONFIG.put("relay", JSON.stringify({ sources: { vcc } }));
  forgetRelay();
  forgetPermissions();
}

/** Asks as VCC Live does. */
export async function askLogin(question: object): Promise<unknown> {
  const url = "http://localhost/in/vcc/project-login?secret-key=vcc-key";
  return (await exports.default.fetch(new Request(url, { method: "POST", body: JSON.stringify(question) }))).json();
}
