#!/usr/bin/env node
// Plain JavaScript, so that a Node.js too old to read TypeScript can still say so.
const [major, minor] = process.versions.node.split(".").map(Number);

if (major > 22 || (major === 22 && minor >= 18)) {
  try {
    await import("./main.ts");
  } catch (error) {
    if (error?.code !== "ERR_MODULE_NOT_FOUND") throw error;
    console.error("hookswitch is not installed yet: run `npm ci` in its folder first.");
    process.exitCode = 1;
  }
} else {
  console.error(
    `hookswitch needs Node.js 22.18 or newer; this is ${process.versions.node}. ` +
      "On Linux x64 `npm ci` brings one along that `npm start` and `npx hookswitch` use.",
  );
  process.exitCode = 1;
}
