/** A number of a metric, as OpenMetrics text has it. */
export interface ReadSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric as it was announced, with its numbers. */
export interface ReadFamily {
  readonly type: string;
  readonly unit: string | undefined;
  readonly help: string;
  readonly samples: readonly ReadSample[];
}

const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  counter: ["_total"],
  gauge: [""],
  histogram: ["_bucket", "_count", "_sum"],
};
const SAMPLE = /^([a-z_:][a-z0-9_:]*)(?:\{(.*)\})? (-?[0-9.eE+-]+)$/i;
const LABEL = /^([a-z_][a-z0-9_]*)="((?:[^"\\]|\\[\\n"])*)"(?:,|$)/i;

/** Reads OpenMetrics 1.0 text strictly. Throws for what is not of that form. */
export function readOpenMetrics(text: string): ReadonlyMap<string, ReadFamily> {
  const lines = text.split("\n");
  if (lines.pop() !== "" || lines.pop() !== "# EOF") throw new Error("no end");
  const families = new Map<string, { type: string; unit?: string; help?: string; samples: ReadSample[] }>();
  let name = "";
  for (const line of lines) {
    const [, what = "", of = "", rest = ""] = /^# (TYPE|UNIT|HELP) (\S+) (.*)$/.exec(line) ?? [];
    if (what === "TYPE") {
      if (families.has(of)) throw new Error(`${of} comes twice`);
      families.set(of, { type: rest, samples: [] });
      name = of;
    } else if (what !== "") {
      if (of !== name) throw new Error(`${of} among ${name}`);
      Object.assign(families.get(name) ?? {}, { [what.toLowerCase()]: rest });
    } else addSample(line, name, families.get(name));
  }
  return new Map(
    [...families].map(([of, { type, unit, help = "", samples }]) => {
      if (unit !== undefined && !of.endsWith(`_${unit}`)) throw new Error(`${of} has no unit in its name`);
      return [of, { type, unit, help, samples }];
    }),
  );
}

function addSample(line: string, family: string, known: { type: string; samples: ReadSample[] } | undefined): void {
  const [, name, labels = "", value] = SAMPLE.exec(line) ?? [];
  if (name === undefined || known === undefined) throw new Error(`no sample: ${line}`);
  if (!SUFFIXES[known.type]?.some((suffix) => name === `${family}${suffix}`))
    throw new Error(`${name} among ${family}`);
  const sample = { name, labels: readLabels(labels), value: Number(value) };
  const key = JSON.stringify([name, sample.labels]);
  if (known.samples.some((one) => JSON.stringify([one.name, one.labels]) === key))
    throw new Error(`${key} comes twice`);
  known.samples.push(sample);
}

function readLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  let rest = text;
  while (rest !== "") {
    const [all = "", name = "", value = ""] = LABEL.exec(rest) ?? [];
    if (all === "") throw new Error(`no label: ${rest}`);
    labels[name] = value.replaceAll(/\\(.)/g, (_, letter: string) => (letter === "n" ? "\n" : letter));
    rest = rest.slice(all.length);
  }
  return labels;
}
