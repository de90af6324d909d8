import { expect, test } from "vitest";
import * as z from "zod";
import { optionOf, sayByOptions } from "../../src/cli/relay/say-by-options.ts";
import { commandLine } from "../../src/cli/run.ts";
import { openRelay } from "../e2e/relay.ts";

const explain = { method: "POST", path: "permissions/vcc/explain" };
const grants = { method: "POST", path: "permissions/vcc/grants" };
const replays = { method: "POST", path: "replays" };

test.each([
  ["query.limit: too small", { method: "GET", path: "events?limit=0" }, "--limit: too small"],
  ["body.filter.since: not a time", replays, "--since: not a time"],
  ["body.filter.destination: x; body.destination: y", replays, "--destination: x; --to: y"],
  ["body.destination: no such", { method: "POST", path: "events/evt_1/replay" }, "--to: no such"],
  ["body.perSecond: too small", replays, "--per-second: too small"],
  ["body.question.projects.0: too short", explain, "--projects: too short"],
  ["body.question.userId: too short", explain, "--user: too short"],
  ["body.users: too long; body.allow.0: none", grants, "--user: too long; --project: none"],
  ["body.name: taken", { method: "POST", path: "tokens" }, "the name: taken"],
  ["params.id: none", { method: "GET", path: "events/x" }, "the id: none"],
  ["body: expected an object", replays, "expected an object"],
  ["If that is meant, repeat with ?confirm=1.", replays, "If that is meant, repeat with --confirm."],
  ["sources.acme.keys: none", { method: "PUT", path: "config" }, "sources.acme.keys: none"],
])("%s", (theirs, sent, ours) => expect(sayByOptions(theirs, sent)).toBe(ours));

const schema = z.looseObject({ properties: z.record(z.string(), z.unknown()).default({}) });
const described = z.object({
  parameters: z.array(z.object({ name: z.string(), in: z.string() })),
  requestBody: z.object({ content: z.record(z.string(), z.object({ schema: z.unknown() })) }).optional(),
});
const document = z.object({ paths: z.record(z.string(), z.record(z.string(), described)) });

/** What the command line asks for; documents are sent as files, whose faults are told by their own paths. */
const ASKED =
  /^(GET (events|rejections|logins|replays|audit|audit\/verify|ledger)|POST (replays|tokens|events\/\{id\}\/replay|permissions\/\{source\}\/(explain|grants)))$/;
/** Nobody says these on the command line: pages are turned by it. */
const UNSAID = ["query.cursor", "query.before"];

test("whatever a request may have is said by an option that there is", async () => {
  const relay = await openRelay({ sources: {} });
  const { paths } = document.parse(await (await fetch(`${relay.url}/api/openapi.json`)).json());
  await relay.close();
  const inner = (one: { commands: readonly unknown[] }): unknown[] => [
    one,
    ...one.commands.flatMap((each) => inner(command.parse(each))),
  ];
  const command = z.looseObject({
    commands: z.array(z.unknown()),
    options: z.array(z.looseObject({ long: z.string() })),
  });
  const options = new Set(
    inner(command.parse(commandLine())).flatMap((each) => command.parse(each).options.map(({ long }) => long)),
  );
  const members = (part: unknown, at: string): string[] =>
    Object.entries(schema.parse(part).properties).flatMap(([name, member]) => [
      `${at}.${name}`,
      ...members(member, `${at}.${name}`),
    ]);
  const strange: string[] = [];
  let asked = 0;
  for (const [template, methods] of Object.entries(paths)) {
    for (const [verb, { parameters, requestBody }] of Object.entries(methods)) {
      const [method, path] = [verb.toUpperCase(), template.replace("/api/", "")];
      if (!ASKED.test(`${method} ${path}`)) continue;
      asked += 1;
      const body = requestBody?.content["application/json"]?.schema;
      const places = [
        ...parameters.map((one) => `${one.in === "path" ? "params" : one.in}.${one.name}`),
        ...(body === undefined ? [] : members(body, "body")),
      ];
      for (const place of places.filter((one) => !UNSAID.includes(one))) {
        const said = optionOf(place, { method, path }) ?? "";
        if (!said.startsWith("the ") && !options.has(said)) strange.push(`${method} ${path} ${place}: ${said}`);
      }
    }
  }
  expect(strange).toEqual([]);
  expect(asked).toBeGreaterThan(11);
}, 60_000);
