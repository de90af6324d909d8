import { command } from "../arguments.ts";

/** `hookswitch demo` */
export const demoCommand = command(
  "demo",
  "the same with fresh state, one shot: sends every vendor's webhooks and checks what arrives",
  "demo",
).action(async () => {
  const { runDemo } = await import("../demo/run.ts");
  await runDemo();
});
