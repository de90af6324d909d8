/** How something stands, for the eye: a shape as well as a colour, beside the word. */
export type Tone = "good" | "waiting" | "bad" | "off" | "plain";

const shapes: Readonly<Record<Tone, string>> = { good: "●", waiting: "◐", bad: "▲", off: "○", plain: "·" };

const tones: Readonly<Record<string, Tone>> = {
  ok: "good",
  delivered: "good",
  granted: "good",
  closed: "good",
  done: "good",
  accepted: "good",
  waiting: "waiting",
  paused: "waiting",
  half_open: "waiting",
  attention: "waiting",
  counting: "waiting",
  counted: "waiting",
  running: "waiting",
  dead: "bad",
  expired: "bad",
  open: "bad",
  opened: "bad",
  broken: "bad",
  refused: "bad",
  unrouted: "off",
  duplicate: "off",
  cancelled: "off",
};

/** A state in its own word, as the API has it. */
export function State({ of, tone = tones[of] ?? "plain", word = of }: { of: string; tone?: Tone; word?: string }) {
  return (
    <span class={`state ${tone}`}>
      <span aria-hidden="true">{shapes[tone]}</span> {word.replaceAll("_", " ")}
    </span>
  );
}
