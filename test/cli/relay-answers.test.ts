import { createServer, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listen } from "../../src/cli/listen.ts";
import { runCommand } from "./command.ts";
import { findFreePort } from "./free-port.ts";

let url: string;
let answer: { readonly status: number; readonly text: string };
const paths: (string | undefined)[] = [];
const bodies: string[] = [];
const server: Server = createServer(async (request, response) => {
  paths.push(request.url);
  bodies.push(await text(request));
  response.writeHead(answer.status).end(answer.text);
});

beforeAll(async () => {
  const { port } = await listen(server, await findFreePort(), "PORT");
  url = `http://127.0.0.1:${port}`;
});
afterAll(() => server.close());

test.each(["[]", "<html>"])("an answer of another form is one sentence, not a stack: %s", async (text) => {
  answer = { status: 200, text };
  expect(await runCommand(["tail", "--follow", "0", "--url", url])).toEqual({
    code: 1,
    out: "",
    err: "hookswitch: the relay's answer has an unknown form; is it of another version than this command?\n",
  });
});

test("a refusal that is no problem document is told by its status", async () => {
  answer = { status: 502, text: "<html>" };
  const { code, err } = await runCommand(["config", "pull", "--url", url]);
  expect([code, err]).toEqual([1, "hookswitch: the relay answered 502\n"]);
});

test("faults that the relay finds are listed, each with its path", async () => {
  const faults = [
    { path: "", message: "not JSON" },
    { path: "sources.a", message: "wrong" },
  ];
  answer = { status: 422, text: JSON.stringify({ code: "invalid_document", title: "Invalid", faults }) };
  const { code, err } = await runCommand(["config", "pull", "--url", url]);
  expect([code, err]).toEqual([
    1,
    "hookswitch: the document is not valid:\n  the document: not JSON\n  sources.a: wrong\n",
  ]);
});

test("a webhook that the relay refuses ends send with 1, its answer on standard output", async () => {
  answer = { status: 401, text: '{"code":"unauthorized"}' };
  expect(await runCommand(["send", "voiso", "message.sent", "--url", url])).toEqual({
    code: 1,
    out: '401 {"code":"unauthorized"}\n',
    err: "voiso does not take the demo's key, which was used: name its own by --key or in .dev.vars\n",
  });
});

test("send asks the relay on this machine for its source of a vendor, and no answer makes it give a secret away", async () => {
  const sources = {
    hcc: { vendor: "intelligent-contacts", keys: ["env:X"] },
    acme: { vendor: "voiso", keys: ["env:HOME", "env:ADMIN_TOKEN", "env:DEMO_KEY"] },
  };
  answer = { status: 200, text: JSON.stringify({ sources }) };
  paths.length = 0;
  const { code } = await runCommand(["send", "voiso", "message.sent", "--url", url], {
    ADMIN_TOKEN: "prod-admin-token",
  });
  expect([code, paths]).toEqual([0, ["/api/config", "/in/acme"]]);
  expect(bodies.at(-1)).toContain('"demo-key"');
});

test("send lists what there is to send", async () => {
  const { code, out } = await runCommand(["send", "ucontact"]);
  expect(code).toBe(0);
  expect(out).toMatch(/^ {2}ucontact +AgentBreak\n/);
  expect((await runCommand(["send"])).out).toContain("voiso");
});
