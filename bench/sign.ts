import { generateKeyPairSync } from "node:crypto";
import { sign } from "../src/config/secrets/sign.ts";
import { rounded } from "./figures.ts";

const ROUNDS = 5000;
const BYTES = [1000, 10_000];
const HMAC = "whsec_aG9va3N3aXRjaC1iZW5jaC1zZWNyZXQtMzJieXRlcyE=";

/** What a delivery's signature costs, microseconds of this process. */
export interface SignFigure {
  readonly bytes: number;
  readonly v1Micros: number;
  readonly v1aMicros: number;
}

/** Signs bodies of two lengths by either kind of secret. */
export async function benchSign(): Promise<SignFigure[]> {
  const seed = generateKeyPairSync("ed25519").privateKey.export({ format: "der", type: "pkcs8" }).subarray(-32);
  const figures: SignFigure[] = [];
  for (const bytes of BYTES) {
    const body = "x".repeat(bytes);
    figures.push({
      bytes,
      v1Micros: await micros(body, HMAC),
      v1aMicros: await micros(body, `whsk_${seed.toString("base64")}`),
    });
  }
  return figures;
}

async function micros(body: string, secret: string): Promise<number> {
  for (let round = 0; round < ROUNDS / 10; round++) await sign("evt_1", 1, body, [secret]);
  const before = process.cpuUsage();
  for (let round = 0; round < ROUNDS; round++) await sign("evt_1", 1, body, [secret]);
  const { user, system } = process.cpuUsage(before);
  return rounded((user + system) / ROUNDS, 1);
}
