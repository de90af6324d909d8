import { Copied } from "../parts/copied.tsx";
import { type Column, Table } from "../parts/table.tsx";
import type { Source } from "./told.ts";

type Url = Source["urls"][number];

interface Props {
  readonly of: Source;
  /** A key that may be shown now. */
  readonly shownKey: string | undefined;
}

/** What to do in the vendor's product, and what to paste there. */
export function Connect({ of, shownKey }: Props) {
  const { id, steps, product } = of;
  const urls = shownKey === undefined ? of.urls : of.urls.map((one) => withKey(one, shownKey));
  const columns: Column<Url>[] = [
    { name: "Kind", cell: ({ kind }) => kind ?? "every kind" },
    {
      name: "URL",
      cell: ({ kind, url }) => <Copied id={`paste-${kind ?? "all"}`} text={url} what={`the URL for ${kind ?? id}`} />,
    },
    ...(urls.some(({ hint }) => hint !== undefined)
      ? [{ name: "And the key", cell: ({ hint }: Url) => (hint === undefined ? "" : <code class="wrap">{hint}</code>) }]
      : []),
  ];
  return (
    <>
      <h2>Connect {product}</h2>
      <ol>
        {steps.map((step) => (
          <li>{step}</li>
        ))}
      </ol>
      <Table columns={columns} rows={urls} label={`What to paste into ${product}`} />
      {shownKey === undefined ? (
        <p class="note">
          What stands between &lt; and &gt; is the key, which is shown to nobody; make a new one to see it once.
        </p>
      ) : null}
    </>
  );
}

/** The key in the place of what stands for it: it has no letter that a URL would escape but the colon of a user. */
function withKey({ url, hint, ...rest }: Url, key: string): Url {
  return { ...rest, url: url.replace(PLACEHOLDER, key), hint: hint?.replace(PLACEHOLDER, key) };
}

const PLACEHOLDER = /<[^<>]*>/;
