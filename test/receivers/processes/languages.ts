import { execFileSync, spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join, resolve } from "node:path";

/** A command line. */
export type Command = readonly [program: string, ...parameters: string[]];

/** How a sample is run here. */
export interface Language {
  readonly name: string;
  /** Folder of docs/receivers. */
  readonly folder: string;
  /** Whether its standard library has ed25519. */
  readonly v1a: boolean;
  /** Prints the version that is here. */
  readonly version?: Command;
  /** Major and minor version that the sample asks for. */
  readonly least?: readonly [number, number];
  /** Ends with 0 if what it needs besides is here. */
  readonly needs?: { readonly what: string; readonly command: Command };
  /** Makes what is run, in a folder of its own. */
  readonly build?: (folder: string) => void;
  /** The processes that make it up, of which the first listens. */
  readonly run: (port: number, folder: string) => readonly Command[];
}

const sample = (path: string) => resolve("docs/receivers", path);

export const languages: readonly Language[] = [
  { name: "Node", folder: "node", v1a: true, run: () => [[process.execPath, sample("node/receiver.mjs")]] },
  {
    name: "Python",
    folder: "python",
    v1a: false,
    version: ["python3", "--version"],
    least: [3, 11],
    run: () => [["python3", "-u", sample("python/receiver.py")]],
  },
  {
    name: "PHP",
    folder: "php",
    v1a: true,
    version: ["php", "--version"],
    least: [8, 1],
    needs: { what: "pdo_sqlite", command: ["php", "-r", 'exit(extension_loaded("pdo_sqlite") ? 0 : 1);'] },
    run: (port) => [
      ["php", "-S", `127.0.0.1:${port}`, sample("php/receiver.php")],
      ["php", sample("php/receiver.php")],
    ],
  },
  {
    name: "Go",
    folder: "go",
    v1a: true,
    version: ["go", "version"],
    least: [1, 22],
    build: (folder) => {
      const env = { ...process.env, CGO_ENABLED: "0", GOTOOLCHAIN: "local", GOFLAGS: "" };
      execFileSync("go", ["build", "-o", join(folder, "receiver"), sample("go/receiver.go")], { env, stdio: "pipe" });
    },
    run: (_, folder) => [[join(folder, "receiver")]],
  },
  {
    name: "Java",
    folder: "java",
    v1a: true,
    version: ["java", "--version"],
    least: [17, 0],
    needs: { what: "JDK, which compiles", command: ["javac", "--version"] },
    run: () => [["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", sample("java/Receiver.java")]],
  },
  {
    name: "C#",
    folder: "csharp",
    v1a: false,
    version: ["dotnet", "--version"],
    least: [10, 0],
    build: (folder) => {
      cpSync(sample("csharp"), folder, { recursive: true });
      execFileSync("dotnet", ["build", "-o", join(folder, "out")], { cwd: folder, stdio: "pipe" });
    },
    run: (_, folder) => [["dotnet", join(folder, "out", "Receiver.dll")]],
  },
  {
    name: "Ruby",
    folder: "ruby",
    v1a: true,
    version: ["ruby", "--version"],
    least: [3, 1],
    needs: { what: "the gem webrick", command: ["ruby", "-e", 'require "webrick"'] },
    run: () => [["ruby", sample("ruby/receiver.rb")]],
  },
];

/** Why a language cannot be tried on this machine, if so. */
export function missing({ version, least = [0, 0], needs }: Language): string | undefined {
  if (version === undefined) return undefined;
  const [program, ...parameters] = version;
  const { status, stdout } = spawnSync(program, parameters, { encoding: "utf8" });
  if (status !== 0) return `no ${program} here`;
  const [, major, minor = "0"] = /(\d+)(?:\.(\d+))?/.exec(stdout) ?? [];
  const isOld = Number(major) < least[0] || (Number(major) === least[0] && Number(minor) < least[1]);
  if (isOld) return `the ${program} here is ${major}.${minor}, older than ${least.join(".")}`;
  if (needs === undefined) return undefined;
  const [command, ...rest] = needs.command;
  return spawnSync(command, rest, { stdio: "ignore" }).status === 0 ? undefined : `no ${needs.what} here`;
}
