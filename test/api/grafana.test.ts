import { expect, it } from "vitest";
import * as z from "zod";
import dashboard from "../../docs/grafana/hookswitch.json" with { type: "json" };
import { familiesOf } from "../../src/api/metrics/families.ts";

const panels = z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).min(1) }));
const families = familiesOf({
  ever: { sources: new Map(), destinations: new Map(), refused: [] },
  oldestMs: new Map(),
  destinations: [],
});
const suffixes = { counter: ["_total"], gauge: [""], histogram: ["_bucket", "_count", "_sum"] };
const names = families.flatMap(({ name, type }) => suffixes[type].map((suffix) => `${name}${suffix}`));

it("the example of a dashboard uses every metric, and none that there is not", () => {
  const asked = panels.parse(dashboard.panels).flatMap(({ targets }) => targets.map(({ expr }) => expr));
  const used = asked.flatMap((expr) => expr.match(/hookswitch_\w+/g) ?? []);
  expect([...new Set(used)].toSorted()).toEqual(names.toSorted());
});
