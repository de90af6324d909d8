import type { Relay, Source } from "../../config/load-relay.ts";
import { pasteFor, placeOf } from "../../config/paste.ts";
import { readIncoming } from "../../intake/body/incoming.ts";
import { proveRequest } from "../../intake/keys/prove-request.ts";
import { readInboundPath } from "../../intake/path.ts";
import { toBase64 } from "../../platform/text/base64.ts";
import { pastedOf } from "../sources/find.ts";
import type { Finding } from "./step.ts";

const BASE = "https://self-test.invalid";

/** Whether every key of a source stands for something. */
export async function tryKeys({ id, keys }: Source, { unset = [] }: Relay): Promise<Finding> {
  const missing = unset.filter(({ path }) => path.startsWith(`sources.${id}.keys.`)).map(({ name }) => name);
  if (keys.length === 0)
    return `no key of it stands for anything${missing.length === 0 ? "" : `: ${missing.join(", ")}`}`;
  return missing.length === 0 ? undefined : { remark: `not set: ${missing.join(", ")}` };
}

/** Whether a request with each key, in the place where its vendor sends it, would be proved, and one with another not. */
export async function tryProof(source: Source, { sources }: Relay, now: number): Promise<Finding> {
  if (source.signature !== undefined) return { remark: "its webhooks are signed: only its sender can make one" };
  const proved = async (key: string) => {
    const [url, headers, body] = asSent(source, key);
    const at = new URL(url);
    const request = new Request(at, { method: "POST", headers, body });
    const incoming = await readIncoming(request, at.search.slice(1), readInboundPath(at.pathname).key);
    return (await proveRequest(source, incoming, sources, now)).key?.name;
  };
  for (const { name, value } of source.keys) {
    if ((await proved(value)) === undefined) return `a webhook with the key ${name} would be refused`;
  }
  return (await proved(`hookswitch:${crypto.randomUUID()}`)) === undefined ? undefined : "any key would be taken";
}

/** A webhook with a key in the first place where it is looked for, and nothing in it. */
function asSent(source: Source, key: string): [url: string, headers: Record<string, string>, body: string] {
  const of = pastedOf(source);
  const { in: place, name, prefix } = placeOf(of);
  const { url } = pasteFor(BASE, source.id, of, undefined, key);
  const words = prefix === undefined ? key : `${prefix} ${key}`;
  const header = name ?? "authorization";
  if (place === "header") return [url, { [header]: words }, "{}"];
  if (place === "basic") return [url, { [header]: `Basic ${toBase64(new TextEncoder().encode(key))}` }, "{}"];
  return [url, {}, place === "body" ? JSON.stringify({ [name ?? "key"]: key }) : "{}"];
}
