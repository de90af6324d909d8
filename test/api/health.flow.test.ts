import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import { app } from "../../src/app.ts";
import { forgetRelay } from "../../src/config/load-relay.ts";

const sound = { PUBLIC_URL: "https://relay.example.com", ADMIN_TOKEN: "0123456789abcdef", RELAY_KEY: "root" };

beforeEach(async () => {
  await env.CONFIG.put("relay", '{"sources":{}}');
  forgetRelay();
});

async function health(variables: object) {
  const request = new Request("http://localhost/health");
  const answer = await app.fetch(request, { ...env, ...sound, ...variables }, createExecutionContext());
  return [answer.status, await answer.json()];
}

it("says no more than ok where everything is as it should be", async () => {
  expect(await health({})).toEqual([200, { ok: true }]);
});

it.each<[object, string[]]>([
  [{ PUBLIC_URL: "hooks.example.com" }, ["public_url_invalid"]],
  [{ PUBLIC_URL: "hooks.example.com:8443" }, ["public_url_invalid"]],
  [{ PUBLIC_URL: "//hooks.example.com" }, ["public_url_invalid"]],
  [{ PUBLIC_URL: "ftp://hooks.example.com" }, ["public_url_invalid"]],
  [{ PUBLIC_URL: "https://" }, ["public_url_invalid"]],
  [{ PUBLIC_URL: "" }, []],
  [{ PUBLIC_URL: undefined }, []],
  [{ PUBLIC_URL: "https://hooks.example.com/ \n" }, []],
  [{ PUBLIC_URL: "http://localhost:8787" }, []],
  [{ RELAY_KEY: undefined }, ["relay_key_missing"]],
  [{ RELAY_KEY: " \n" }, ["relay_key_missing"]],
  [{ ADMIN_TOKEN: undefined }, ["admin_token_missing"]],
  [{ ADMIN_TOKEN: "0123456789abcde" }, ["admin_token_short"]],
  [{ ADMIN_TOKEN: "0123456789abcde\n" }, ["admin_token_short"]],
  [{ ADMIN_TOKEN: "dev-admin-token", ALLOW_PRIVATE_DESTINATIONS: "true" }, []],
  [{ ADMIN_TOKEN: "dev-admin-token", ALLOW_PRIVATE_DESTINATIONS: "false" }, ["admin_token_short"]],
  [
    { PUBLIC_URL: "x", RELAY_KEY: "", ADMIN_TOKEN: "x" },
    ["public_url_invalid", "admin_token_short", "relay_key_missing"],
  ],
])("works all the same with %j, and warns: %j", async (variables, warnings) => {
  expect(await health(variables)).toEqual([200, { ok: true, ...(warnings.length === 0 ? {} : { warnings }) }]);
});
