import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const docs = join(import.meta.dirname, "../../docs");
const page = readFileSync(join(docs, "dashboard.md"), "utf8");
const MAX_BYTES = 60_000;

it("every picture is shown in docs/dashboard.md, and every one that is shown is there", () => {
  const shown = [...page.matchAll(/(?:src|srcset)="(pictures\/[^"]+)"|\]\((pictures\/[^)]+)\)/g)].map(
    ([, a, b]) => a ?? b,
  );
  const there = readdirSync(join(docs, "pictures")).map((name) => `pictures/${name}`);
  expect(shown.toSorted()).toEqual(there.toSorted());
  for (const name of there) expect([name, statSync(join(docs, name)).size < MAX_BYTES]).toEqual([name, true]);
});

it("every picture says in words what it shows", () => {
  const images = [...page.matchAll(/<img\b[^>]*>/g)].map(([tag]) => tag);
  expect(images.length).toBeGreaterThan(0);
  for (const tag of images) expect(tag).toMatch(/ alt="[^"]{20,}"/);
  expect(page).not.toMatch(/!\[\]\(/);
});
