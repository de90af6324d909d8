/** One number and what it is the number of. */
export interface Sample {
  /** What comes after the family's name: `_total`, `_bucket`. */
  readonly suffix?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly value: number;
}

/** Numbers of one name. */
export interface Family {
  readonly name: string;
  readonly type: "counter" | "gauge" | "histogram";
  readonly unit?: "seconds" | undefined;
  readonly help: string;
  readonly samples: readonly Sample[];
}

/** The content type of OpenMetrics 1.0. */
export const OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/** Numbers as OpenMetrics text. */
export function printMetrics(families: readonly Family[]): string {
  const lines = families.flatMap(({ name, type, unit, help, samples }) => [
    `# TYPE ${name} ${type}`,
    ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
    `# HELP ${name} ${escapeText(help)}`,
    ...samples.map(({ suffix = "", labels = {}, value }) => `${name}${suffix}${printLabels(labels)} ${value}`),
  ]);
  return [...lines, "# EOF", ""].join("\n");
}

function printLabels(labels: Readonly<Record<string, string>>): string {
  const parts = Object.entries(labels).map(([name, value]) => `${name}="${escapeText(value)}"`);
  return parts.length === 0 ? "" : `{${parts.join(",")}}`;
}

function escapeText(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"');
}
