import { html } from "hono/html";
import type { PropsWithChildren } from "hono/jsx";
import { version } from "../../version.ts";
import { assetPath } from "../assets/serve.ts";

/** A whole page: its head, and what it loads. */
export function Document({
  title,
  nonce,
  children,
}: PropsWithChildren<{ readonly title: string; readonly nonce: string }>) {
  return (
    <>
      {html`<!doctype html>`}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <meta name="generator" content={`hookswitch ${version}`} />
          <title>{title} · hookswitch</title>
          <link rel="icon" href={assetPath("mark.svg")} />
          <link rel="stylesheet" href={assetPath("dashboard.css")} nonce={nonce} />
          <script type="module" src={assetPath("dashboard.js")} nonce={nonce} />
        </head>
        {children}
      </html>
    </>
  );
}
