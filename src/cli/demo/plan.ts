import type { VendorId } from "../../vendors/index.ts";
import { buildRequest, freshen, type SendTarget } from "../webhooks/request.ts";
import { readSample, type Sample, sampleNames } from "../webhooks/sample.ts";
import { type DemoAccount, type DemoForm, demoAccounts } from "./account.ts";

/** One webhook of the demo, and what has to come of it. */
export interface DemoStep {
  readonly sample: Sample;
  /** What is special about it, e.g. that it goes by GET. */
  readonly remark: string;
  readonly request: Request;
}

/** Every sample of the vendors that the demo has an account of, and the forms in which some can come besides. */
export function planDemo(base: string, key: string): DemoStep[] {
  return [...demoAccounts].flatMap(([vendor, account]) => {
    return planVendor(vendor, account, { base, source: account.source, key });
  });
}

function planVendor(vendor: VendorId, { forms }: DemoAccount, target: SendTarget): DemoStep[] {
  const samples = sampleNames(vendor).map((name) => readSample(vendor, name));
  return samples.flatMap((sample) => [
    step(sample, "", target),
    ...forms
      .filter(({ of = sample.name }) => of === sample.name)
      .map((form) => step(inForm(sample, form), form.remark, target)),
  ]);
}

function step(sample: Sample, remark: string, target: SendTarget): DemoStep {
  return { sample, remark, request: buildRequest(sample, target, freshen(sample, target.key)) };
}

function inForm(sample: Sample, { method = sample.method, body, within }: DemoForm): Sample {
  return {
    ...sample,
    method,
    body: within === undefined ? { ...sample.body, ...body } : { ...body, [within]: sample.body },
  };
}
