import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { root } from "../cli/run.ts";

/** How a deploy ended. */
export interface Deployed {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A folder with this project in it, as a clone is, for deploys that leave files behind. */
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

  /** Runs `npm run deploy -- …` without npm. */
  async deploy(account: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Deployed> {
    const child = spawn(process.execPath, ["src/cli/main.ts", "deploy", ...args], {
      cwd: this.path,
      env: { ...process.env, NO_COLOR: "1", CLOUDFLARE_ACCOUNT_ID: undefined, ...account },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return { code, out, err };
  }
}
