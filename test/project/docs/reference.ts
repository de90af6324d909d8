import { dataJsonSchema } from "../../../src/events/schemas.ts";
import { type EventType, eventTypes, isOfRelay } from "../../../src/events/types.ts";
import { type VendorId, vendorOf } from "../../../src/vendors/index.ts";
import { plainest } from "./examples.ts";
import { leavesOf, stands } from "./leaves.ts";
import { documented, type Pair, quirkOf } from "./pairs.ts";
import { table } from "./table.ts";

/** What every kind of webhook becomes, and which fields each vendor fills, as the fixtures show it. */
export function printReference(pairs: readonly Pair[]): string {
  return `${[
    "# Reference: kinds, types and fields",
    `Written by \`npx vitest run --project node test/project/docs.test.ts -u\` from the fixtures in
[test/vendors](../../test/vendors) and the schemas; a test keeps it up to date. How to use events is told in
[events.md](../events.md).`,
    "## From webhook to event",
    `Each pair is a webhook as received, to which the link leads, and beside it the event that it becomes
(\`….expected.json\`). \`unknown\` is the kind of a webhook that names none.`,
    ...documented.flatMap((vendor) => printKinds(vendor, pairs)),
    "## From event to vendor",
    `✓: at least one of the vendor's webhooks above fills the field. A field that no vendor fills is left out here, and so
are \`warnings\` and \`raw\`, which any event may have.`,
    ...eventTypes.flatMap((type) => printType(type, pairs)),
  ].join("\n\n")}\n`;
}

function printKinds(vendor: VendorId, pairs: readonly Pair[]): string[] {
  const rows = pairs
    .filter((pair) => pair.vendor === vendor)
    .map((pair) => [
      `\`${pair.event.vendorevent}\``,
      `\`${pair.event.type}\``,
      `[${pair.name}](../../${pair.path})`,
      quirkOf(pair) ?? "",
    ]);
  return [`### ${vendorOf(vendor).name}`, table(["kind", "becomes", "pair", "quirk"], rows.sort(byKind))];
}

function byKind([one = ""]: readonly string[], [other = ""]: readonly string[]): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function printType(type: EventType, pairs: readonly Pair[]): string[] {
  if (isOfRelay(type)) return printNotice(type);
  const events = (vendor: VendorId) => pairs.filter((pair) => pair.vendor === vendor && pair.event.type === type);
  const vendors = documented.filter((vendor) => events(vendor).length > 0);
  const cell = (path: string) => vendors.map((vendor) => (holds(events(vendor), path) ? "✓" : ""));
  const fields = fieldsOf(type).filter((path) => path !== "" && cell(path).includes("✓"));
  return [
    `### ${type}`,
    `As delivered: [${type}.json](../../src/events/examples/${type}.json)`,
    table(
      ["", ...vendors.map((vendor) => vendorOf(vendor).name)],
      [
        ["example, with `raw`", ...vendors.map((vendor) => exampleOf(events(vendor)))],
        ["`subject`", ...vendors.map((vendor) => list(events(vendor), ({ event }) => shapeOf(event.subject)))],
        ["`callid`", ...vendors.map((vendor) => (events(vendor).some(({ event }) => event.callid) ? "✓" : ""))],
        ["`timesource`", ...vendors.map((vendor) => list(events(vendor), ({ event }) => event.timesource))],
        ...fields.map((path) => [`\`${path}\``, ...cell(path)]),
      ],
    ),
  ];
}

/** The paths of all that a type's data may have besides what any may. */
function fieldsOf(type: EventType): string[] {
  const { properties = {}, ...rest } = dataJsonSchema(type);
  const { raw: _, warnings: __, ...parts } = properties;
  return leavesOf({ ...rest, properties: parts });
}

/** No vendor sends it: the relay tells it of itself. */
function printNotice(type: EventType): string[] {
  const fields = fieldsOf(type).filter((path) => path !== "");
  return [
    `### ${type}`,
    `The relay tells it of itself ([alerts.md](../alerts.md)). As delivered: [${type}.json](../../src/events/examples/${type}.json)`,
    table(["field"], [["`subject`: `incident/…`"], ...fields.map((path) => [`\`${path}\``])]),
  ];
}

function exampleOf(pairs: readonly Pair[]): string {
  const pair = plainest(pairs);
  if (pair === undefined) return "";
  return `[${pair.event.vendorevent}](../../test/vendors/${pair.vendor}/${pair.name}.expected.json)`;
}

function holds(pairs: readonly Pair[], path: string): boolean {
  return pairs.some(({ event }) => stands(event.data, path));
}

function list(pairs: readonly Pair[], word: (pair: Pair) => string): string {
  return [...new Set(pairs.map(word))].sort().join(", ");
}

/** `ticket/7/302` has the shape `ticket/…/…`. */
function shapeOf(subject: string | undefined): string {
  return subject === undefined ? "none" : `\`${subject.replaceAll(/\/[^/]+/g, "/…")}\``;
}
