import { Document } from "./document.tsx";

/** A page for somebody of whom nothing is known. */
export function Problem({ title, detail, nonce }: { title: string; detail: string; nonce: string }) {
  return (
    <Document title={title} nonce={nonce}>
      <body class="sign-in">
        <main id="main">
          <h1>{title}</h1>
          <p class="lead">{detail}</p>
          <p>
            <a href="/dashboard/sign-in">Sign in</a>
          </p>
        </main>
      </body>
    </Document>
  );
}
