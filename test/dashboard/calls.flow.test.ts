import { ulid } from "ulid";
import { beforeEach, expect, it } from "vitest";
import { receiptOf } from "../../src/events/receipt.ts";
import { consumeAll } from "../delivery/consume-all.ts";
import { aWebhook, configure } from "../delivery/scene.ts";
import { openSink } from "../sink/sink.ts";
import created from "../vendors/intelligent-contacts/call-created.json" with { type: "json" };
import saved from "../vendors/intelligent-contacts/call-saved.json" with { type: "json" };
import { signedIn } from "./browse.ts";
import { inText, rowsIn } from "./in-text.ts";
import { signedInAs } from "./somebody.ts";

const webhook = (kind: string, body: object) =>
  aWebhook({ source: "hcc", vendor: "intelligent-contacts", kind, body: JSON.stringify(body) });

beforeEach(() => configure({ crm: { url: openSink().url } }));

/** The record came a minute before the beginning, and nothing came between them. */
async function keepCall(): Promise<void> {
  const before = Date.now() - 60_000;
  const early = { ...webhook("call-saved", saved), receipt: receiptOf(ulid(before)), receivedAt: before };
  await consumeAll([early, webhook("call-created", created)]);
}

it("tells a call in the order of what it tells, with what is late and missing", async () => {
  await keepCall();
  const { status, html } = await (await signedIn()).open("/dashboard/calls/hcc/11142");
  const text = inText(html);
  expect(status).toBe(200);
  expect(text).toContain("2 events, 1 late, 1 missing ● final");
  expect(text).toContain("call.hungup is missing");
  const [, first = "", second = ""] = rowsIn(html);
  expect(first).toMatch(/^1 call\.started .* crm ● delivered .* ◐ late$/);
  expect(second).toMatch(/^2 call\.completed /);
  expect(html).toMatch(/<svg class="chart call"[^>]*role="img"/);
  expect(html.match(/<g class="course/g)).toHaveLength(2);
});

it("shows a viewer its figures, and no number in full", async () => {
  await keepCall();
  const { html } = await (await signedInAs("viewer")).open("/dashboard/calls/hcc/11142");
  expect(inText(html)).toContain("total 12");
  expect(html).not.toContain("9725550138");
});

it("has no page for a call without events, and says where to look", async () => {
  const { status, html } = await (await signedIn()).open("/dashboard/calls/hcc/4711");
  expect([status, inText(html)]).toEqual([404, expect.stringContaining("No event of this call is there")]);
  expect(html).toContain('href="/dashboard/events?q=4711"');
});

it("is not a receiver's", async () => {
  await keepCall();
  expect((await (await signedInAs("receiver")).open("/dashboard/calls/hcc/11142")).status).toBe(403);
});
