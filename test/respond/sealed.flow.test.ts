import { env } from "cloudflare:workers";
import { Webhook } from "standardwebhooks";
import { afterEach, expect, test } from "vitest";
import { call } from "../api/call.ts";
import type { Door } from "../intake/door.ts";
import { openSink } from "../sink/sink.ts";
import { IVR, openWith, SECRET, toldIn } from "./scene.ts";

let door: Door | undefined;
afterEach(() => door?.settle());

const seal = async (path: string, value: string, url?: string) =>
  String((await call("POST", "config/seal", { path, value, ...(url && { url }) })).body.sealed);

test("what is sealed for a responder opens there alone, whatever the order of the kinds", async () => {
  const system = openSink();
  await system.behave({ headers: { "content-type": "text/plain" }, body: "hello" });
  const secret = await seal("sources.vcc.responders.ivr.secrets", SECRET);
  const header = await seal("sources.vcc.responders.ivr.headers.x-team", "blue-5b1d0c4e", system.url);
  const one = { ask: system.url, secrets: [secret], headers: { "x-team": header } };
  const search = { ...one, ask: "https://elsewhere.example.com/", headers: { "x-team": "green-5b1d0c4e" } };
  for (const responders of [
    { ivr: one, search },
    { search, ivr: one },
  ]) {
    door = await openWith(responders);
    const spoken = await door.knock(`${IVR}&note=${encodeURIComponent("say blue-5b1d0c4e")}`);
    expect(await spoken.text()).toBe("hello");
    const request = (await system.received()).at(-1);
    expect(request?.headers["x-team"]).toBe("blue-5b1d0c4e");
    // What is sent as a secret is one wherever else it stands.
    expect(new Webhook(SECRET).verify(request?.body ?? "", request?.headers ?? {})).toEqual({ note: "say [scrubbed]" });
    expect(JSON.stringify([door.lines, await env.CONFIG.get("relay")])).not.toContain("blue-5b1d0c4e");
  }
  door = await openWith({ ivr: { ...one, ask: system.url.replace("127.0.0.1", "localhost") } });
  expect((await door.knock(IVR)).status).toBe(503);
  expect(toldIn(door)).toMatchObject([{ reason: "unresolved_header" }]);
});
