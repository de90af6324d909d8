import { enableCompileCache } from "node:module";

// The second command starts twice as fast; what is imported before this is not kept.
enableCompileCache();

const { run } = await import("./run.ts");
const code = await run(process.argv.slice(2));
// Whatever was opened is closed by the process's own exit. Without a fault, relay and sink go on.
if (code !== 0) process.exit(code);
