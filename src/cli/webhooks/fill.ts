import { Temporal } from "temporal-polyfill";
import type { SampleValue } from "./sample.ts";

/** What is new in each webhook that is built from a sample. */
export interface Fresh {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** IANA zone of the account's clock. */
  readonly zone: string;
  readonly key: string;
  readonly id: number;
  readonly uuid: string;
  readonly extension: number;
}

const PLACEHOLDER = /\{\{([a-z]+)([+-][\d.]+)?\}\}/g;

type Write = (fresh: Fresh, moment: Temporal.ZonedDateTime) => string | number;

/** What may stand between {{ and }}; times may be moved by seconds: `{{time-22}}`. */
const writers: Readonly<Record<string, Write>> = {
  key: ({ key }) => key,
  id: ({ id }) => id,
  uuid: ({ uuid }) => uuid,
  hex: ({ uuid }) => uuid.replaceAll("-", ""),
  extension: ({ extension }) => String(extension),
  time: (_, moment) => moment.toInstant().toString({ smallestUnit: "second" }),
  compacttime: (_, moment) => moment.toInstant().toString({ smallestUnit: "second" }).replace("Z", "+0000"),
  offsettime: (_, moment) => moment.toString({ smallestUnit: "second", timeZoneName: "never" }),
  localtime: (_, moment) => clock(moment),
  epoch: (_, moment) => moment.epochMilliseconds / 1000,
  // uContact writes the minute where the month belongs.
  minutedate: (_, moment) => clock(moment).replace(/-\d\d-/, `-${String(moment.minute).padStart(2, "0")}-`),
};

/** A sample with its placeholders filled. One that is the whole text keeps its type; an unknown one throws. */
export function fill(value: SampleValue, fresh: Fresh): SampleValue {
  if (typeof value === "string") return fillText(value, fresh);
  if (Array.isArray(value)) return value.map((item) => fill(item, fresh));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, fill(field, fresh)]));
}

function fillText(text: string, fresh: Fresh): string | number {
  const [whole, name, shift] = [...text.matchAll(PLACEHOLDER)][0] ?? [];
  if (name !== undefined && whole === text) return write(name, shift, fresh);
  return text.replace(PLACEHOLDER, (_, inner: string, moved?: string) => String(write(inner, moved, fresh)));
}

function write(name: string, shift: string | undefined, fresh: Fresh): string | number {
  const writer = writers[name];
  if (writer === undefined) throw new Error(`a sample has an unknown placeholder: ${name}`);
  const milliseconds = fresh.now + Math.round(Number(shift ?? 0) * 1000);
  return writer(fresh, Temporal.Instant.fromEpochMilliseconds(milliseconds).toZonedDateTimeISO(fresh.zone));
}

function clock(moment: Temporal.ZonedDateTime): string {
  return moment.toPlainDateTime().toString({ smallestUnit: "second" }).replace("T", " ");
}
