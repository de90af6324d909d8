import { Bars } from "../parts/bars.tsx";
import type { LastDay } from "./last-day.ts";

/** What was delivered and what failed, hour by hour. */
export function LastDayChart({
  id,
  day: { names, delivered, failed },
}: {
  readonly id: string;
  readonly day: LastDay;
}) {
  return (
    <>
      <h2>The last 24 hours</h2>
      <Bars
        label={`Attempts at ${id} by hour, UTC`}
        names={names}
        series={[
          { name: "delivered", tone: "plain", values: delivered },
          { name: "failed", tone: "bad", values: failed },
        ]}
      />
    </>
  );
}
