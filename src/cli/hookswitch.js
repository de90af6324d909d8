#!/usr/bin/env node
// Plain JavaScript, so that a Node.js too old to read TypeScript can still say so.
const [major, minor] = process.versions.node.split(".").map(Number);

if (major > 22 || (major === 22 && minor >= 18)) {
  await import("./main.ts");
} else {
  console.error(
    `hookswitch needs Node.js 22.18 or newer; this is ${process.versions.node}. ` +
      "On Linux x64 `npm ci` brings one along that `npm start` and `npx hookswitch` use.",
  );
  process.exitCode = 1;
}
