import * as z from "zod";
import { makeSigningSecret } from "../../config/secrets/make-secret.ts";
import { sealingKeysIn } from "../../config/secrets/sealed.ts";
import { readSigningKey } from "../../config/secrets/signing-key.ts";
import { lookupIn } from "../../platform/lookup.ts";
import { type Change, changeList, type Listed, listRefusals } from "../config/change-list.ts";
import { noRelayKey } from "../config/seal.ts";
import { inForce, tellInForce } from "../documents/written.ts";
import { type ApiRequest, operation, Refusal } from "../operation.ts";
import { destinationPath, findDestination, refuseForeign } from "./find.ts";

const signing = z.int().describe("how many secrets sign each delivery now");
/** `POST /api/destinations/:id/secret` */
export const rotateSecret = operation({
  who: "admin",
  summary: "Makes a destination a new signing secret, shown once; the one before signs beside it until it is ended",
  takes: { params: destinationPath },
  gives: z.object({ secret: z.string().describe("whsec_…; it is shown nowhere else"), signing, inForce }),
  refusals: listRefusals,
  run: ({ params: { id }, ...request }) => rotate(id, request),
  receiver: async ({ params: { id }, ...request }, own) => refuseForeign(id, own) ?? rotate(id, request),
});

/** `DELETE /api/destinations/:id/secret` */
export const endOldSecret = operation({
  who: "admin",
  summary: "Ends what signs beside the newest secret of a destination",
  takes: { params: destinationPath },
  gives: z.object({ signing, inForce }),
  refusals: listRefusals,
  run: ({ params: { id }, ...request }) => endOld(id, request),
  receiver: async ({ params: { id }, ...request }, own) => refuseForeign(id, own) ?? endOld(id, request),
});

async function rotate(id: string, request: ApiRequest) {
  const found = await findDestination(id, request);
  if (found instanceof Refusal) return found;
  const { current } = await sealingKeysIn(lookupIn(request.env));
  if (current === undefined) return noRelayKey;
  const secret = makeSigningSecret();
  let signing = 1;
  const done = await change(id, "destination.secret_rotated", request, async (listed, seal) => {
    const newest = listed.find(signs);
    if (newest?.value?.startsWith("whsk_")) return ofPairs;
    signing = newest === undefined ? 1 : 2;
    return [await seal(secret), ...(newest === undefined ? [] : [newest.text])];
  });
  return done instanceof Refusal ? done : { secret, signing, inForce: tellInForce(request.now) };
}

async function endOld(id: string, request: ApiRequest) {
  const found = await findDestination(id, request);
  if (found instanceof Refusal) return found;
  const done = await change(id, "destination.secret_ended", request, async (listed) => {
    const [newest, ...older] = listed.filter(signs);
    return newest === undefined || older.length === 0 ? onlyOne : [newest.text];
  });
  return done instanceof Refusal ? done : { signing: 1, inForce: tellInForce(request.now) };
}

function change(id: string, action: string, request: ApiRequest, by: Change) {
  return changeList({ part: "destinations", id, use: "signing" }, action, by, request);
}

function signs({ value }: Listed): boolean {
  return value !== undefined && readSigningKey(value) !== undefined;
}

const onlyOne = new Refusal("invalid_request", "No older secret signs beside the newest one: there is nothing to end.");
const ofPairs = new Refusal(
  "invalid_request",
  "This destination signs with an ed25519 key (whsk_…), which is made with its public half where it is verified; put a new one into the configuration.",
);
