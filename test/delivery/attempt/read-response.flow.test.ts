import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { readResponse } from "../../../src/delivery/attempt/read-response.ts";
import { openSink } from "../../sink/sink.ts";
import { catchMessages, consumeAll } from "../consume-all.ts";
import { aWebhook, configure, SECRET } from "../scene.ts";

const answer = (body: BodyInit | null, status = 500) => new Response(body, { status });
const attempts = z.array(z.looseObject({ n: z.number(), answer: z.string().optional() }));

/** A body that sends these parts and then neither goes on nor ends. */
function stuck(...parts: string[]) {
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode(parts.join(""))),
    cancel: () => {
      cancelled = true;
    },
  });
  return { body, wasCancelled: () => cancelled };
}

describe("an answer", () => {
  it("is kept as it is when it is short", async () => {
    expect(await readResponse(answer("no such account"), [])).toBe("no such account");
  });

  it("is kept up to 1,024 characters", async () => {
    expect(await readResponse(answer("x".repeat(100_000)), [])).toBe("x".repeat(1024));
  });

  it("is cancelled when enough was read", async () => {
    const { body, wasCancelled } = stuck("x".repeat(2000));
    expect(await readResponse(answer(body), [])).toHaveLength(1024);
    expect(wasCancelled()).toBe(true);
  });

  it("that never ends is kept as far as it came", async () => {
    const { body, wasCancelled } = stuck("one, ", "two");
    expect(await readResponse(answer(body), [])).toBe("one, two");
    expect(wasCancelled()).toBe(true);
  });

  it("that breaks off is kept as far as it came", async () => {
    const parts = ["one, two"];
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        const part = parts.pop();
        if (part === undefined) controller.error(new Error("reset"));
        else controller.enqueue(new TextEncoder().encode(part));
      },
    });
    expect(await readResponse(answer(body), [])).toBe("one, two");
  });

  it("of success is not read", async () => {
    const { body, wasCancelled } = stuck("thanks");
    expect(await readResponse(answer(body, 200), [])).toBeUndefined();
    expect(wasCancelled()).toBe(true);
  });

  it("that says nothing is none", async () => {
    expect(await readResponse(answer(""), [])).toBeUndefined();
    expect(await readResponse(answer(null), [])).toBeUndefined();
  });

  it("shows no secret, also where reading stops", async () => {
    const secret = "s3cret-0123456789";
    for (let before = 1000; before < 1060; before += 1) {
      const kept = await readResponse(answer(`${"x".repeat(before)}${secret}${"y".repeat(100)}`), [secret]);
      expect(kept).not.toContain("s3");
    }
    const many = await readResponse(answer(`${secret} `.repeat(200)), [secret]);
    expect(many).not.toContain("s3");
  });

  it("shows no part of a secret where it breaks off or stops coming, letters of two bytes included", async () => {
    const secret = "sécret-ßtoken";
    const bytes = new TextEncoder().encode(`no: ${secret}`);
    for (let length = 5; length <= bytes.length; length += 1) {
      const begun = new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(bytes.slice(0, length)),
        pull: (controller) => controller.error(new Error("reset")),
      });
      expect(["no: ", "no: ***"]).toContain(await readResponse(answer(begun), [secret]));
    }
    const { body } = stuck(`no: ${secret.slice(0, 8)}`);
    expect(await readResponse(answer(body), [secret])).toBe("no: ");
    expect(await readResponse(answer("a whole answer ends in sécr"), [secret])).toBe("a whole answer ends in sécr");
  });

  it("shows no secret in any spelling that programs give it", async () => {
    const secret = 'whsec_ab+/cd=="e&f <g>';
    const bare = secret.slice("whsec_".length);
    const base64 = btoa(secret);
    const spellings = [
      secret,
      bare,
      encodeURIComponent(secret),
      encodeURIComponent(secret).toLowerCase(),
      new URLSearchParams({ a: secret }).toString().slice(2),
      JSON.stringify({ a: secret }),
      JSON.stringify({ a: secret }).replaceAll("/", "\\/"),
      "whsec_ab+/cd==&quot;e&amp;f &lt;g&gt;",
      base64,
      base64.replace(/=+$/, ""),
      base64.replaceAll("+", "-").replaceAll("/", "_"),
    ];
    for (const spelling of spellings) {
      const kept = await readResponse(answer(`got ${spelling}, sorry`), [secret]);
      expect([spelling, kept]).toEqual([spelling, expect.stringMatching(/^got .*\*\*\*.*, sorry$/)]);
      expect(kept).not.toMatch(/whsec|ab|cd|d2hzZWN/i);
    }
  });

  describe("shows no secret behind escapes", () => {
    const secret = "Bearer abc+def/<ghi>&jkl'98é📞765";
    const units = (text: string) =>
      Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, "0")}`).join(
        "",
      );
    const percent = (text: string) =>
      [...new TextEncoder().encode(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
    const entities = (write: (code: number) => string) => (text: string) =>
      [...text].map((sign) => (/\w/.test(sign) ? sign : `&#${write(sign.codePointAt(0) ?? 0)};`)).join("");
    const escapes: Record<string, (text: string) => string> = {
      "as it is": (text) => text,
      units,
      "units of signs alone": (text) => text.replace(/[^\w ]/g, units),
      percent,
      component: encodeURIComponent,
      "a form in small digits": (text) =>
        encodeURIComponent(text)
          .replace(/%../g, (at) => at.toLowerCase())
          .replaceAll("%20", "+"),
      "decimal entities": entities(String),
      "hexadecimal entities": entities((code) => `x${code.toString(16)}`),
      "named entities": (text) =>
        text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("'", "&#039;"),
      mixed: (text) =>
        [...text]
          .map((sign, at) =>
            [units, percent, encodeURIComponent, (one: string) => (one === "\\" ? units(one) : one)][at % 4]?.(sign),
          )
          .join(""),
    };
    const names = Object.keys(escapes);

    it.each(names.flatMap((first) => names.map((second) => [first, second] as const)))(
      "%s, then %s",
      async (first, second) => {
        const written = escapes[second]?.(escapes[first]?.(secret) ?? "") ?? "";
        const whole = written.length < 1000 ? 'got "***", sorry' : 'got "';
        expect(await readResponse(answer(`got "${written}", sorry`), [secret])).toBe(whole);
      },
    );

    it.each(names)("%s, wherever reading stops", async (name) => {
      const written = escapes[name]?.(secret) ?? "";
      for (let before = 1020 - written.length; before <= 1024; before += 1) {
        const kept = await readResponse(answer(`${"-".repeat(before)}${written}${"-".repeat(1024)}`), [secret]);
        expect(kept).toMatch(/^-+(\*\*\*-*|[%&\\][#\w]{0,4}|)$/);
      }
    });

    it("in base64, escaped", async () => {
      const token = "token-\u003e\u003f-ab?>??>";
      const base64 = btoa(token);
      for (const name of names) {
        expect(await readResponse(answer(`got "${escapes[name]?.(base64)}"`), [token])).toMatch(
          /^got "\*\*\*(=|%3d|\\u003d|&#61;|&#x3d;)*"$/i,
        );
      }
    });

    it("and keeps what only looks like one", async () => {
      const text = "100% of a&b; \\x \\u12 &#; &#xz; %zz &#99999999; Bearer def";
      expect(await readResponse(answer(text), [secret])).toBe(text);
    });
  });

  it("that is no text does no harm", async () => {
    expect(typeof (await readResponse(answer(new Uint8Array([0, 255, 254, 128, 10])), []))).toBe("string");
  });
});

describe("what a receiver said", () => {
  it("is kept with the attempt that failed, secrets blanked, and not with one that did not", async () => {
    const [refusing, content] = [openSink(), openSink()];
    await configure({
      refusing: { url: refusing.url, retry: { delays: [3600] } },
      content: { url: content.url },
    });
    await refusing.behave({ status: 422, body: `bad signature, want ${SECRET}` });
    await content.behave({ body: "all is well" });
    const { queue: RETRIES } = catchMessages();
    const webhook = aWebhook();
    await consumeAll([webhook], { RETRIES });
    const wakeUp = { v: 1, receipt: webhook.receipt, destination: "refusing", run: 0, attempt: 1 };
    await consumeAll([wakeUp], {}, "hookswitch-retries");
    const row = await env.LOG.prepare("SELECT attempts FROM delivery").first("attempts");
    expect(attempts.parse(JSON.parse(z.string().parse(row)))).toMatchObject([
      { n: 1, status: 422, answer: "bad signature, want ***" },
      { n: 2, status: 422, answer: "bad signature, want ***" },
    ]);
    const results = z.string().parse(await env.LOG.prepare("SELECT results FROM event").first("results"));
    expect(results).not.toContain("signature");
    expect(results).not.toContain("all is well");
  });
});
