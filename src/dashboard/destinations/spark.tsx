import { type LastDay, sum } from "./last-day.ts";

const [STEP, BAR, HEIGHT, GROUND] = [4, 3, 20, 1];
/** What is there is seen, however little it is. */
const LEAST = 1.5;

/** The last 24 hours of a destination, as small as a word: delivered, and on top of it what failed. */
export function Spark({ day: { names, delivered, failed } }: { readonly day: LastDay }) {
  const most = Math.max(...names.map((_, n) => (delivered[n] ?? 0) + (failed[n] ?? 0)), 1);
  const height = (value: number) => (value === 0 ? 0 : Math.max(LEAST, (value / most) * HEIGHT));
  const [good, bad] = [sum(delivered), sum(failed)];
  if (good + bad === 0) return <span class="none">nothing sent</span>;
  return (
    <svg
      class="spark"
      viewBox={`0 0 ${names.length * STEP} ${HEIGHT}`}
      role="img"
      aria-label={`24 hours: ${good} delivered, ${bad} failed attempts`}
    >
      <title>
        24 hours: {good} delivered, {bad} failed attempts
      </title>
      <rect class="ground" x={0} y={HEIGHT - GROUND} width={names.length * STEP} height={GROUND} />
      {names.map((_, n) => {
        const [up, over] = [height(delivered[n] ?? 0), height(failed[n] ?? 0)];
        return (
          <>
            {up === 0 ? null : <rect class="bar" x={n * STEP} y={HEIGHT - up} width={BAR} height={up} />}
            {over === 0 ? null : (
              <rect class="bar bad" x={n * STEP} y={Math.max(0, HEIGHT - up - over)} width={BAR} height={over} />
            )}
          </>
        );
      })}
    </svg>
  );
}
