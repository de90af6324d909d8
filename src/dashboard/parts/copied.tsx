interface Props {
  /** Unique on its page. */
  readonly id: string;
  readonly text: string;
  /** What it is, for the button: "the URL". */
  readonly what: string;
}

/** Text to take elsewhere, with a button that copies it where a script can. */
export function Copied({ id, text, what }: Props) {
  return (
    <span class="row">
      <code id={id} class="wrap">
        {text}
      </code>
      <button type="button" class="quiet" data-copy={id} aria-label={`Copy ${what}`} hidden>
        Copy
      </button>
    </span>
  );
}

/** The same, of several lines. */
export function CopiedBlock({ id, text, what }: Props) {
  return (
    <>
      <pre id={id} class="text">
        {text}
      </pre>
      <button type="button" class="quiet" data-copy={id} aria-label={`Copy ${what}`} hidden>
        Copy
      </button>
    </>
  );
}
