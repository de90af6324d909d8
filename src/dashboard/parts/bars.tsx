/** One kind of bar. */
export interface BarSeries {
  readonly name: string;
  /** `bad` is for what failed, `soft` for what stands beside the others. */
  readonly tone: "plain" | "soft" | "bad";
  readonly values: readonly number[];
}

interface Props {
  /** What it shows, for those who do not see it. */
  readonly label: string;
  /** What each bar stands for, the oldest first. */
  readonly names: readonly string[];
  /** They stand on each other, the first at the bottom. */
  readonly series: readonly BarSeries[];
}

const HEIGHT = 100;
const STEP = 10;
const GAP = 2;
/** What is there is seen, however little it is. */
const LEAST = 1.5;

/** Bars, and the same figures as a table. */
export function Bars({ label, names, series }: Props) {
  const sums = names.map((_, n) => series.reduce((sum, { values }) => sum + (values[n] ?? 0), 0));
  const most = Math.max(...sums, 0);
  const total = ({ values }: BarSeries) => values.reduce((sum, value) => sum + value, 0);
  return (
    <figure class="bars">
      <figcaption>
        {series.map((one) => (
          <span>
            <span class={`key ${one.tone}`} aria-hidden="true" /> {one.name} {total(one)}
          </span>
        ))}
        <span class="note">most in one: {most}</span>
      </figcaption>
      <svg
        class="chart"
        viewBox={`0 0 ${names.length * STEP} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        {names.map((name, n) => (
          <g>
            <title>{[name, ...series.map((one) => `${one.name} ${one.values[n] ?? 0}`)].join("; ")}</title>
            <rect class="bar-space" x={n * STEP} y={0} width={STEP} height={HEIGHT} />
            {stack(series, n, most).map(({ tone, y, height }) => (
              <rect class={`bar ${tone}`} x={n * STEP + GAP / 2} y={y} width={STEP - GAP} height={height} />
            ))}
          </g>
        ))}
      </svg>
      <div class="bars-ends" aria-hidden="true">
        <span>{names[0]}</span>
        <span>{names.at(-1)}</span>
      </div>
      <details>
        <summary>As a table</summary>
        <section class="scroll" aria-label={label} tabindex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">From</th>
                {series.map(({ name }) => (
                  <th scope="col" class="number">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {names.map((name, n) => (
                <tr>
                  <th scope="row">{name}</th>
                  {series.map(({ values }) => (
                    <td class="number">{values[n] ?? 0}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </figure>
  );
}

function stack(series: readonly BarSeries[], n: number, most: number) {
  let top = HEIGHT;
  return series.flatMap(({ tone, values }) => {
    const value = values[n] ?? 0;
    if (value === 0) return [];
    const height = Math.min(top, Math.max(LEAST, (value / most) * HEIGHT));
    top -= height;
    return { tone, y: round(top), height: round(height) };
  });
}

function round(number: number): number {
  return Math.round(number * 100) / 100;
}
