import { type VendorId, vendorIds } from "../../vendors/index.ts";
import { demoSourceOf } from "../local/demo-documents.ts";
import { buildRequest, freshen, type Target } from "../webhooks/request.ts";
import { readSample, type Sample, sampleNames } from "../webhooks/sample.ts";

/** One webhook of the demo, and what has to come of it. */
export interface Step {
  readonly sample: Sample;
  /** What is special about it, e.g. that it goes by GET. */
  readonly remark: string;
  readonly request: Request;
}

/** Every sample of the vendors that the demo has a source of, and the forms in which some can come besides. */
export function planDemo(base: string, key: string): Step[] {
  return vendorIds.flatMap((vendor) => {
    const source = demoSourceOf(vendor);
    return source === undefined ? [] : planVendor(vendor, { base, source, key });
  });
}

function planVendor(vendor: VendorId, target: Target): Step[] {
  const samples = sampleNames(vendor).map((name) => readSample(vendor, name));
  return samples.flatMap((sample) => [
    step(sample, "", target),
    ...otherForms(sample).map(({ form, remark }) => step(form, remark, target)),
  ]);
}

function step(sample: Sample, remark: string, target: Target): Step {
  return { sample, remark, request: buildRequest(sample, target, freshen(sample, target.key)) };
}

function otherForms(sample: Sample): { readonly form: Sample; readonly remark: string }[] {
  if (sample.name === "project-login") {
    // VCC Live asks by GET when it is set up so: the question stands in the query.
    const asked = { ...sample, body: { ...sample.body, userId: 3, username: "y" } };
    return [
      { form: { ...sample, method: "GET" }, remark: "GET" },
      { form: asked, remark: "agent 3" },
    ];
  }
  // HCC's manual prints each body within this envelope.
  if (sample.vendor !== "intelligent-contacts") return [];
  const body = { headers: { Authorization: "demo****" }, json: sample.body };
  return [{ form: { ...sample, body }, remark: "in its envelope" }];
}
