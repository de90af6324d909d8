import { type Clock, span, wallTime } from "../page/clock.ts";
import type { Course, Dot, Picture } from "./lay-out.ts";

const WIDTH_PX = 900;
const LEFT_PX = 110;
const RIGHT_PX = 20;
const TOP = 26;
const LANE = 46;
/** What a mark needs. */
const MARK = 18;

/** A call over time: each event on its way from lane to lane. The table below tells the same. */
export function CallPicture({ picture, clock }: { readonly picture: Picture; readonly clock: Clock }) {
  const { lanes, courses, gaps, from, to } = picture;
  const height = TOP + lanes.length * LANE;
  const marks = apart(courses.map(({ vendor }) => xOf(vendor.along)));
  const label = `${courses.length} events in ${span(to - from)}; the table below tells the same`;
  return (
    <section class="scroll" aria-label="The call over time" tabindex={0}>
      <svg class="chart call" viewBox={`0 0 ${WIDTH_PX} ${height}`} role="img" aria-label={label}>
        <text x={LEFT_PX} y={12}>
          {wallTime(from, clock)}
        </text>
        <text x={WIDTH_PX - RIGHT_PX} y={12} text-anchor="end">
          {wallTime(to, clock)}
        </text>
        {lanes.map((name, lane) => (
          <>
            <line class="axis" x1={LEFT_PX} x2={WIDTH_PX - RIGHT_PX} y1={yOf(lane)} y2={yOf(lane)} />
            <text x={0} y={yOf(lane) + 4}>
              {name.length > 16 ? `${name.slice(0, 15)}…` : name}
            </text>
          </>
        ))}
        {gaps.map(({ along, missing }) => (
          <g class="gap">
            <title>{missing} is missing</title>
            <circle cx={xOf(along) - 17} cy={yOf(0)} r={7} />
            <text x={xOf(along) - 17} y={yOf(0) + 4} text-anchor="middle">
              ?
            </text>
          </g>
        ))}
        {courses.map((course, position) => (
          <OneCourse course={course} at={marks[position] ?? 0} />
        ))}
      </svg>
    </section>
  );
}

function OneCourse({ course, at }: { readonly course: Course; readonly at: number }) {
  const { number, type, isLate, vendor, relay, destinations } = course;
  return (
    <g class={isLate ? "course late" : "course"}>
      <title>
        {number} {type}
        {isLate ? ", late" : ""}
      </title>
      <line x1={at} y1={yOf(vendor.lane)} x2={xOf(relay.along)} y2={yOf(relay.lane)} />
      {destinations.map((one) => (
        <>
          <Way from={relay} to={one} />
          <circle class={one.state} cx={xOf(one.along)} cy={yOf(one.lane)} r={4.5} />
        </>
      ))}
      <circle cx={xOf(relay.along)} cy={yOf(relay.lane)} r={4} />
      <circle class="mark" cx={at} cy={yOf(vendor.lane)} r={8} />
      <text x={at} y={yOf(vendor.lane) + 3.5} text-anchor="middle">
        {number}
      </text>
    </g>
  );
}

function Way({ from, to }: { readonly from: Dot; readonly to: Dot }) {
  return <line x1={xOf(from.along)} y1={yOf(from.lane)} x2={xOf(to.along)} y2={yOf(to.lane)} />;
}

/** Moves marks that would lie on each other beside each other, and keeps their order. */
function apart(wanted: readonly number[]): number[] {
  const order = wanted.map((at, position) => ({ at, position })).toSorted((one, other) => one.at - other.at);
  for (const [rank, mark] of order.entries()) mark.at = Math.max(mark.at, (order[rank - 1]?.at ?? 0) + MARK);
  for (const [rank, mark] of [...order.entries()].toReversed()) {
    mark.at = Math.min(mark.at, (order[rank + 1]?.at ?? WIDTH_PX) - MARK);
  }
  return order.toSorted((one, other) => one.position - other.position).map(({ at }) => at);
}

function xOf(along: number): number {
  const inner = LEFT_PX + 20;
  return Math.round(10 * (inner + along * (WIDTH_PX - RIGHT_PX - 14 - inner))) / 10;
}

function yOf(lane: number): number {
  return TOP + lane * LANE + 14;
}
