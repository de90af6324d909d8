/** What the pages to read have in common: the API described, and the schemas listed. */
export const readingStyle = `
  :root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif }
  body { max-width: 52rem; margin: 4rem auto; padding: 0 1.5rem; overflow-wrap: break-word }
  h1 { font-size: 1.75rem; margin: 0; letter-spacing: -0.02em }
  h3 a { color: inherit; text-decoration: none }
  :target { background: color-mix(in srgb, currentcolor 10%, transparent) }
  p { margin: 0.25rem 0 }
  pre { overflow-x: auto; padding: 0.5rem 0.75rem; background: color-mix(in srgb, currentcolor 7%, transparent);
    border-radius: 0.25rem }
`;
