import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { app } from "../../../src/app.ts";
import { failingLog, faultyLog, hangingLog } from "../../delivery/faulty-log.ts";
import { configure } from "../../delivery/scene.ts";
import { call } from "../call.ts";
import { audited, callAs, makeToken } from "./somebody.ts";

const HOUR = 3_600_000;

async function ask(token: string, variables: object = {}, path = "me") {
  const ctx = createExecutionContext();
  const request = new Request(`http://localhost/api/${path}`, { headers: { authorization: `Bearer ${token}` } });
  const response = await app.fetch(request, { ...env, ...variables }, ctx);
  await waitOnExecutionContext(ctx);
  return { status: response.status, body: await response.json<Record<string, unknown>>() };
}

describe("a named token", () => {
  it("is shown once, kept as a hash, and says who calls", async () => {
    const { status, body, text } = await call("POST", "tokens", {
      name: "Ada by night",
      role: "viewer",
    });
    expect([status, body]).toEqual([
      200,
      {
        id: expect.stringMatching(/^[0-9a-z]{12}$/),
        name: "Ada by night",
        role: "viewer",
        created: expect.any(String),
        maker: "admin",
        token: expect.stringMatching(/^hst_[0-9a-z]{12}_[0-9a-z]{52}$/),
      },
    ]);
    const token = String(body.token);
    expect(token.startsWith(`hst_${body.id}_`)).toBe(true);
    expect((await ask(token)).body).toEqual({ name: "Ada by night", role: "viewer", by: "token" });
    const { results } = await env.LOG.prepare("SELECT * FROM token").all();
    expect(JSON.stringify(results)).not.toContain(token.slice(-52));
    const list = await call("GET", "tokens");
    expect(list.body.items).toEqual([
      { ...JSON.parse(text), token: undefined, used: expect.stringMatching(/:00:00Z$/) },
    ]);
    expect(list.text).not.toContain(token.slice(-52));
  });

  it("ends at once when it is deleted, and of both the audit tells", async () => {
    const { id, token } = await makeToken("admin", { name: "ops" });
    expect((await callAs(token, "GET", "tokens")).status).toBe(200);
    expect((await callAs(token, "DELETE", `tokens/${id}`)).body).toMatchObject({ id, name: "ops", role: "admin" });
    expect((await callAs(token, "GET", "tokens")).status).toBe(401);
    expect((await call("DELETE", `tokens/${id}`)).status).toBe(404);
    expect(await audited()).toEqual([
      ["admin", "token.created", `tokens/${id} ops`],
      ["ops", "token.deleted", `tokens/${id} ops`],
      ["unknown", "sign_in.failed", "api"],
    ]);
  });

  it("ends when it said it would", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-11-20T09:00:00Z") });
    const { token } = await makeToken("viewer", { expires: "2026-11-20T10:00:00Z" });
    expect((await ask(token)).body).toMatchObject({ expires: "2026-11-20T10:00:00Z" });
    vi.setSystemTime(Date.parse("2026-11-20T10:00:00Z"));
    expect((await ask(token)).status).toBe(401);
  });

  it("of an id that there is not is refused as one with a wrong secret is", async () => {
    const { id, token } = await makeToken("viewer");
    const last = token.endsWith("0") ? "1" : "0";
    const wrong = `${token.slice(0, -1)}${last}`;
    const unknown = token.replace(id, "0".repeat(12));
    const answers = await Promise.all([wrong, unknown, `hst_${id}_`, `hst_${id}`, `${token}0`].map((one) => ask(one)));
    for (const { status, body } of answers) {
      expect([status, body.code, body.detail]).toEqual([401, "unauthorized", answers[0]?.body.detail]);
    }
  });

  it("asks the log once, by its key, for each request", async () => {
    const { token } = await makeToken("viewer");
    await ask(token);
    const asked: string[] = [];
    const LOG = faultyLog(({ text }) => void asked.push(text));
    await ask(token, { LOG });
    await ask(token, { LOG });
    expect(asked).toEqual([expect.stringContaining("FROM token WHERE id = ?1"), expect.any(String)]);
  });

  it("is not known while the log is out of reach, and the one in ADMIN_TOKEN is", async () => {
    const { token } = await makeToken("admin");
    for (const LOG of [failingLog("token"), hangingLog("token")]) {
      expect(await ask(token, { LOG })).toMatchObject({ status: 503, body: { code: "log_unreadable" } });
      expect((await ask("test-admin-token", { LOG })).body).toEqual({
        name: "admin",
        role: "admin",
        by: "admin_token",
      });
      expect((await ask("anything else", { LOG })).status).toBe(401);
    }
  });

  it("is seen to be used, to the hour", async () => {
    const { token } = await makeToken("viewer");
    const used = async () => (await env.LOG.prepare("SELECT used FROM token").first<number>("used")) ?? 0;
    const writes = async () => {
      let written = 0;
      const LOG = faultyLog(({ text }) => {
        if (text.startsWith("UPDATE token")) written += 1;
      });
      await ask(token, { LOG });
      return written;
    };
    vi.useFakeTimers({ toFake: ["Date"], now: Math.floor(Date.now() / HOUR) * HOUR + 60_000 });
    expect([await writes(), await writes()]).toEqual([1, 0]);
    expect(await used()).toBe(Math.floor(Date.now() / HOUR) * HOUR);
    vi.setSystemTime(Date.now() + HOUR);
    expect([await writes(), await writes()]).toEqual([1, 0]);
    expect(await used()).toBe(Math.floor(Date.now() / HOUR) * HOUR);
  });

  it("whose use cannot be written down is let in all the same", async () => {
    const { token } = await makeToken("viewer");
    expect((await ask(token, { LOG: failingLog("UPDATE token") })).status).toBe(200);
  });

  it("whose row somebody has spoilt opens nothing", async () => {
    const { token } = await makeToken("viewer");
    for (const change of ["role = 'root'", "role = 'receiver'", "destination = 'crm', role = 'viewer'"]) {
      await env.LOG.prepare(`UPDATE token SET ${change}`).run();
      expect((await ask(token)).status).toBe(401);
    }
  });
});

describe("making a token", () => {
  it.each([
    [{ role: "viewer" }, "body.name"],
    [{ name: "", role: "viewer" }, "body.name"],
    [{ name: "ada@example.com", role: "viewer" }, "body.name"],
    [{ name: "admin", role: "viewer" }, "stands for something else"],
    [{ name: "Deleted", role: "viewer" }, "stands for something else"],
    [{ name: "kv", role: "viewer" }, "stands for something else"],
    [{ name: "ＡＤＭＩＮ", role: "viewer" }, "stands for something else"],
    [{ name: "a", role: "root" }, "body.role"],
    [{ name: "a", role: "receiver" }, "body.destination"],
    [{ name: "a", role: "viewer", destination: "crm" }, "body.destination"],
    [{ name: "a", role: "receiver", destination: "nowhere" }, "no destination is called nowhere"],
    [{ name: "a", role: "viewer", expires: "2020-01-01" }, "body.expires: it is over"],
    [{ name: "a", role: "viewer", expires: "soon" }, "body.expires"],
    [{ name: "a", role: "viewer", hash: "x" }, "hash"],
  ])("refuses %j", async (body, detail) => {
    await configure({ crm: { url: "https://crm.example.com/" } });
    const { status, body: answer } = await call("POST", "tokens", body);
    expect([status, answer.detail]).toEqual([422, expect.stringContaining(detail)]);
    expect(await audited()).toEqual([]);
  });

  it("gives each name once, in whatever letters, until its token is ended", async () => {
    const { id } = await makeToken("viewer", { name: "Ada" });
    const again = { name: "ADA", role: "admin" };
    expect((await call("POST", "tokens", again)).body.detail).toContain("another token has this name");
    expect(await audited()).toHaveLength(1);
    await call("DELETE", `tokens/${id}`);
    expect((await call("POST", "tokens", again)).status).toBe(200);
  });

  it("is not done when it cannot be audited", async () => {
    const ctx = createExecutionContext();
    const headers = { authorization: "Bearer test-admin-token" };
    const body = JSON.stringify({ name: "ada", role: "viewer" });
    const request = new Request("http://localhost/api/tokens", { method: "POST", headers, body });
    const response = await app.fetch(request, { ...env, LOG: failingLog("INSERT INTO audit ") }, ctx);
    expect([response.status, await response.json()]).toEqual([
      503,
      expect.objectContaining({ code: "log_unreadable", detail: expect.stringContaining("Nothing was done") }),
    ]);
    expect(await env.LOG.prepare("SELECT count(*) AS n FROM token").first("n")).toBe(0);
  });
});
