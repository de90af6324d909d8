import { Document } from "./document.tsx";

interface Props {
  readonly title: string;
  readonly detail: string;
  readonly nonce: string;
  /** Where to go on, the page to sign in unless given. */
  readonly to?: { readonly path: string; readonly name: string; readonly isBeside?: boolean } | undefined;
}

const SIGN_IN: NonNullable<Props["to"]> = { path: "/dashboard/sign-in", name: "Sign in" };

/** A page without the frame: for somebody of whom nothing is known, or where nothing else could be made. */
export function Problem({ title, detail, nonce, to = SIGN_IN }: Props) {
  return (
    <Document title={title} nonce={nonce}>
      <body class="sign-in">
        <main id="main">
          <h1>{title}</h1>
          <p class="lead">{detail}</p>
          <p>
            <a href={to.path} target={to.isBeside ? "_blank" : undefined}>
              {to.name}
            </a>
          </p>
        </main>
      </body>
    </Document>
  );
}
