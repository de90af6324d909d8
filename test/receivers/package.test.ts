import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import * as z from "zod";
import { NotAnEvent, parse } from "../../packages/events/parse.ts";
import { type Received, VerificationError, verify } from "../../packages/events/verify.ts";
import { findFreePort } from "../cli/free-port.ts";
import { readCode } from "../project/docs/read-code.ts";
import { collectDeliveries, DUE } from "./processes/deliveries.ts";
import { keys, signedHeaders } from "./signer.ts";
import { PUBLISHED_AT } from "./vectors.ts";

const vectors = z.object({
  secrets: z.array(z.string()),
  publicKeys: z.array(z.string()),
  vectors: z.array(
    z.object({
      name: z.string(),
      valid: z.boolean(),
      headers: z.record(z.string(), z.string()),
      bodyBase64: z.string(),
    }),
  ),
});

describe("verify", () => {
  const {
    vectors: requests,
    secrets,
    publicKeys,
  } = vectors.parse(JSON.parse(readFileSync("docs/receivers/vectors.json", "utf8")));
  const now = PUBLISHED_AT * 1000;
  const all = [...secrets, ...publicKeys];
  const reasonOf = (received: Received, given: string | readonly string[] = all) =>
    verify(received, given, { now }).then(
      () => "believed",
      (error: unknown) => (error instanceof VerificationError ? error.reason : String(error)),
    );

  it.each(requests)("of a request as it came: $name", async ({ valid, headers, bodyBase64 }) => {
    const body = new Uint8Array(Buffer.from(bodyBase64, "base64"));
    const request = new Request("http://localhost/", { method: "POST", headers, body });
    expect((await reasonOf({ headers, body })) === "believed").toBe(valid);
    expect((await reasonOf(request, all.join(" "))) === "believed").toBe(valid);
  });

  const [good] = requests;
  const body = Buffer.from(good?.bodyBase64 ?? "", "base64");
  const headers = { ...good?.headers };

  it("tells what it knows of a delivery, and the bytes that were signed", async () => {
    const told = await verify({ headers: { ...headers, "Webhook-Replay": ["1"] }, body: body.toString() }, all, {
      now,
    });
    expect(told).toEqual({
      id: headers["webhook-id"],
      timestamp: PUBLISHED_AT,
      attempt: 1,
      isReplay: true,
      body: new Uint8Array(body),
    });
    expect(parse(told)).toMatchObject({ type: "call.completed", data: { call: { id: "1" } } });
  });

  it("says why a request is not believed", async () => {
    expect(await reasonOf({ headers: {}, body })).toBe("headers_missing");
    expect(await reasonOf({ headers: { ...headers, "webhook-timestamp": "1" }, body })).toBe("timestamp_off");
    expect(await reasonOf({ headers, body: `${body} ` })).toBe("signature_wrong");
    expect(await reasonOf({ headers, body }, keys.ed25519.replace("whsk_", "whsec_"))).toBe("signature_wrong");
  });

  it.each([{ now: Number.NaN }, { now, toleranceSeconds: Number.NaN }])(
    "believes no clock that is no number: %j",
    async (options) => {
      const verified = verify({ headers, body }, all, options);
      await expect(verified).rejects.toMatchObject({ reason: "timestamp_off" });
    },
  );

  it("looks at 20 signatures, so that a stranger cannot have a body hashed thousands of times", async () => {
    const behind = (count: number) => `${"v1,YQ== ".repeat(count)}${headers["webhook-signature"]}`;
    expect(await reasonOf({ headers: { ...headers, "webhook-signature": behind(19) }, body })).toBe("believed");
    expect(await reasonOf({ headers: { ...headers, "webhook-signature": behind(20) }, body })).toBe("signature_wrong");
  });

  it.each([
    [""],
    [[]],
    ["secret"],
    ["whsec_"],
    ["whsec_!!!"],
    [["whsec_aGVsbG8=", "whsk_aGVsbG8="]],
    ["whpk_aGVsbG8="],
  ])("refuses secrets that prove nothing, and does not print them: %j", async (given) => {
    expect(await reasonOf({ headers, body }, given)).toMatch(/^TypeError: (?:there is no secret|a secret is neither)/);
  });
});

describe("verify, of what types would forbid", () => {
  const { headers, body } = {
    headers: { "webhook-id": "a", "webhook-timestamp": "1", "webhook-signature": "v1,YQ==" },
    body: "{}",
  };
  const failing = (received: unknown, secrets: unknown = keys.next) =>
    // As JavaScript calls it.
    Promise.resolve(Reflect.apply(verify, undefined, [received, secrets, { now: 1000 }])).catch(String);

  it("says that a body was parsed before, rather than that its signature is wrong", async () => {
    for (const parsed of [{ type: "call.completed" }, undefined, new Response("{}").body]) {
      expect(await failing({ headers, body: parsed })).toMatch(/^TypeError: the body is neither text nor bytes/);
    }
  });

  it("takes bytes whose class is of another realm", async () => {
    for (const bytes of runInNewContext("[new Uint8Array(2), new ArrayBuffer(2), new DataView(new ArrayBuffer(2))]")) {
      expect(await failing({ headers, body: bytes })).toMatch(/signature_wrong$/);
    }
  });

  it("says that there is no secret", async () => {
    expect(await Promise.resolve(Reflect.apply(verify, undefined, [{ headers, body }])).catch(String)).toBe(
      "TypeError: there is no secret to verify with",
    );
  });
});

describe("parse", () => {
  const event = {
    specversion: "1.0",
    id: "evt_1",
    source: "/sources/a",
    type: "invented",
    time: "2026-11-20T09:02:00Z",
    data: {},
  };

  it("takes types and members that nobody knows yet", () => {
    const text = JSON.stringify({ ...event, more: 1 });
    expect(parse(text)).toEqual({ ...event, more: 1 });
    expect(parse(new TextEncoder().encode(text))).toEqual({ ...event, more: 1 });
  });

  it.each([
    "",
    "null",
    "[]",
    '"text"',
    "{}",
    JSON.stringify({ ...event, data: [] }),
    JSON.stringify({ ...event, specversion: "0.3" }),
    JSON.stringify({ ...event, type: 1 }),
  ])("refuses what is no event: %s", (text) => {
    expect(() => parse(text)).toThrow(NotAnEvent);
  });
});

/** What a project does that installs the package. */
const consumer = `import { readFileSync } from "node:fs";
import { type Call, type HookEvent, parse, VerificationError, verify } from "hookswitch-events";
import schema from "hookswitch-events/schemas/events.json" with { type: "json" };
import example from "hookswitch-events/examples/payment.updated.json" with { type: "json" };

function talkOf(event: HookEvent): number | undefined {
  const call: Call | undefined = event.type === "call.completed" ? event.data.call : undefined;
  // @ts-expect-error no call is of this type
  if (event.type === "call.exploded") return 0;
  // @ts-expect-error a type has to be told apart first
  event.data.payment;
  return call?.durations?.talk;
}

const { secret, deliveries } = JSON.parse(readFileSync("deliveries.json", "utf8"));
const told = { verified: 0, refused: 0, talk: [] as (number | undefined)[], types: [] as string[] };
for (const { to, headers, text } of deliveries) {
  const delivery = await verify({ headers, body: text }, secret);
  told.verified += 1;
  if (to === "cloudevents") {
    const event = parse(delivery);
    told.types.push(event.type);
    if (event.type === "call.completed") told.talk.push(talkOf(event));
  }
  await verify({ headers, body: text + " " }, secret).catch((error: unknown) => {
    if (error instanceof VerificationError && error.reason === "signature_wrong") told.refused += 1;
  });
}
console.log(JSON.stringify({ ...told, title: schema.title, example: parse(JSON.stringify(example)).type }));
`;

describe("the package that npm run pack:events makes", () => {
  const folder = mkdtempSync(join(tmpdir(), "hookswitch-package-"));
  const project = join(folder, "project");
  const run = (cwd: string, program: string, ...parameters: string[]) =>
    execFileSync(program, parameters, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  const compiler = resolve("node_modules/typescript/lib/tsc.js");
  const types = resolve("node_modules/@types");

  beforeAll(() => {
    mkdirSync(project);
    run(".", process.execPath, "packages/events/pack.ts", join(folder, "package"));
    const [packed] = z
      .array(z.object({ filename: z.string() }))
      .parse(JSON.parse(run(folder, "npm", "pack", "./package", "--json")));
    writeFileSync(join(project, "package.json"), '{ "type": "module", "private": true }');
    run(project, "npm", "install", "--offline", "--no-audit", "--no-fund", join(folder, packed?.filename ?? ""));
    // The types of Node are the project's own matter.
    symlinkSync(types, join(project, "node_modules/@types"));
    symlinkSync(resolve("node_modules/undici-types"), join(project, "node_modules/undici-types"));
  }, 240_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("deletes no folder that holds other things", () => {
    const made = join(folder, "mine");
    mkdirSync(made);
    writeFileSync(join(made, "work.txt"), "of a year");
    expect(() => run(".", process.execPath, "packages/events/pack.ts", made)).toThrow(/holds other things/);
    expect(readFileSync(join(made, "work.txt"), "utf8")).toBe("of a year");
    // What it made itself is made again.
    run(".", process.execPath, "packages/events/pack.ts", join(folder, "package"));
  });

  it("brings nothing with it, and has what its README says", () => {
    const installed = join(project, "node_modules/hookswitch-events");
    const manifest = z
      .looseObject({ name: z.string(), exports: z.record(z.string(), z.unknown()) })
      .parse(JSON.parse(readFileSync(join(installed, "package.json"), "utf8")));
    expect(Object.keys(manifest).filter((name) => /ependencies|scripts/.test(name))).toEqual([]);
    expect(readFileSync(join(installed, "LICENSE"), "utf8")).toContain("Apache License");
    for (const file of ["index.js", "verify.js", "parse.js", "secret.js"]) {
      const code = readFileSync(join(installed, file), "utf8");
      expect(code.match(/from "(?!\.\/)/g)).toBeNull();
      expect(code).not.toMatch(/\b(?:process|Buffer|require)\b/);
    }
  });

  it("is imported, type-checked, and verifies what a real relay delivers", async () => {
    const deliveries = await collectDeliveries();
    const told = deliveries.map(({ to, headers, body }) => ({ to, headers, text: body.toString() }));
    writeFileSync(join(project, "deliveries.json"), JSON.stringify({ secret: keys.next, deliveries: told }));
    writeFileSync(join(project, "consumer.ts"), consumer);
    for (const [at, code] of readCode("packages/events/README.md", "ts").entries()) {
      writeFileSync(join(project, `readme-${at}.ts`), code);
    }
    const compilerOptions = {
      target: "es2022",
      module: "nodenext",
      resolveJsonModule: true,
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      types: ["node"],
      outDir: "out",
      rootDir: ".",
    };
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
    expect(run(project, process.execPath, compiler, "-p", ".")).toBe("");
    cpSync(join(project, "out/consumer.js"), join(project, "consumer.js"));
    const { talk, ...counts } = JSON.parse(run(project, process.execPath, "consumer.js"));
    expect(counts).toEqual({
      verified: DUE,
      refused: DUE,
      types: expect.arrayContaining(["call.completed", "vendor.unknown"]),
      title: "HookEvent",
      example: "payment.updated",
    });
    expect(talk).toEqual([10]);
  }, 240_000);

  it("its sample for Node outlives a request that breaks off, and tells what is wrong by its status", async () => {
    const port = await findFreePort();
    const sample = readCode("packages/events/README.md", "ts").find((code) => code.includes("createServer")) ?? "";
    writeFileSync(join(project, "sample.ts"), sample.replace("listen(3000)", `listen(${port})`));
    const env = { ...process.env, WEBHOOK_SECRET: keys.next };
    const child = spawn(process.execPath, ["sample.ts"], { cwd: project, env, stdio: "ignore" });
    onTestFinished(() => void child.kill("SIGKILL"));
    const url = `http://127.0.0.1:${port}/`;
    const post = (body: string, headers: Record<string, string>) =>
      fetch(url, { method: "POST", headers, body }).then(
        ({ status }) => status,
        () => undefined,
      );
    await vi.waitFor(async () => expect(await post("{}", {})).toBe(401), { timeout: 60_000 });
    const broken = connect(port, "127.0.0.1", () => {
      broken.write("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\n{", () => broken.resetAndDestroy());
    });
    await once(broken, "close");
    const signed = await signedHeaders("evt_1", Math.floor(Date.now() / 1000), "{}", [keys.next]);
    expect(await post("{}", signed)).toBe(400);
    expect(child.exitCode).toBeNull();
  }, 90_000);
});
