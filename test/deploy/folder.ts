import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type Ended, root } from "../cli/run.ts";

/** A folder with this project in it, as a clone is, for commands that leave files behind. */
export class ProjectFolder {
  readonly path = mkdtempSync(join(tmpdir(), "hookswitch-deploy-"));

  constructor() {
    for (const name of ["src", "wrangler.toml", "package.json", "tsconfig.json"]) {
      cpSync(join(root, name), join(this.path, name), { recursive: true });
    }
    symlinkSync(join(root, "node_modules"), join(this.path, "node_modules"), "dir");
  }

  write(name: string, content: string): void {
    writeFileSync(join(this.path, name), content);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  read(name: string): string {
    return readFileSync(join(this.path, name), "utf8");
  }

  /** Runs `npx hookswitch …` without npx. */
  async run(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
    const child = spawn(process.execPath, ["src/cli/main.ts", ...args], {
      cwd: this.path,
      env: { ...process.env, NO_COLOR: "1", CLOUDFLARE_ACCOUNT_ID: undefined, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return { code, out, err };
  }
}
