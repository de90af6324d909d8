import { type Context, Hono } from "hono";
import { Refusal } from "../api/operation.ts";
import { isFromHere } from "../api/people/same-origin.ts";
import { MAX_MAP_BYTES } from "../api/permissions/replace.ts";
import { serveAsset } from "./assets/serve.ts";
import { admit } from "./page/admit.ts";
import { isAdmitted } from "./page/admitted.ts";
import type { DashboardEnv } from "./page/env.ts";
import { showFailure } from "./page/failure.tsx";
import { Frame } from "./page/frame.tsx";
import { dashboardHeaders } from "./page/headers.ts";
import type { Action, Page, View } from "./page/page.ts";
import { readForm } from "./page/read-form.ts";
import { type Visit, visitOf } from "./page/visit.ts";
import { actions, pages } from "./pages.ts";
import { refusedView } from "./parts/refused.tsx";
import { showSignIn, signIn } from "./sign-in/sign-in.tsx";
import { signOut } from "./sign-in/sign-out.ts";

/** A map of the most bytes that one may have, most of which a form escapes by three. */
const MAX_FORM_BYTES = 3 * MAX_MAP_BYTES;

/** `/dashboard`: pages for people, each a view of operations of the API. */
export const dashboard = new Hono<DashboardEnv>();

dashboard.get("/dashboard/assets/:file", serveAsset);
dashboard.use("/dashboard/*", dashboardHeaders, async (c, next) => {
  await next();
  c.header("cache-control", "no-store");
});
dashboard.get("/dashboard/sign-in", showSignIn);
dashboard.post("/dashboard/sign-in", signIn);
dashboard.post("/dashboard/sign-out", signOut);
dashboard.use("/dashboard/*", admit);

// Whatever leads to the first page leads a receiver to its own.
dashboard.get("/dashboard", (c, next) =>
  c.get("caller").role === "receiver" ? Promise.resolve(c.redirect("/dashboard/receiver", 303)) : next(),
);
for (const page of pages) dashboard.get(page.path, (c) => show(c, page));
for (const action of actions) dashboard.post(action.path, (c) => act(c, action));
dashboard.get("/dashboard/*", (c) => answer(c, visitOf(c), nothingHere));
for (const [path, allow] of methodsByPath()) {
  dashboard.all(path, (c) => {
    c.header("allow", allow);
    return answer(c, visitOf(c), refusedView(notSo, "/dashboard"));
  });
}
dashboard.all("/dashboard/*", (c) => answer(c, visitOf(c), nothingHere));
dashboard.onError(showFailure);

/** What a browser may ask of each path; of what is not listed the next handler says that it is not there. */
function methodsByPath(): Map<string, string> {
  const methods = new Map(pages.map(({ path }) => [path, "GET, HEAD"]));
  for (const { path } of actions) methods.set(path, [methods.get(path) ?? [], "POST"].flat().join(", "));
  return methods;
}

async function show(c: Context<DashboardEnv>, { who, show }: Page): Promise<Response> {
  const visit = visitOf(c);
  return answer(c, visit, isAdmitted(visit.caller, who) ? await show(visit) : forbidden(who));
}

async function act(c: Context<DashboardEnv>, { who, act }: Action): Promise<Response> {
  const visit = visitOf(c);
  if (!isFromHere(c.req.raw)) return answer(c, visit, refusedView(foreign));
  if (!isAdmitted(visit.caller, who)) return answer(c, visit, forbidden(who));
  const form = await readForm(c.req.raw, MAX_FORM_BYTES);
  return answer(c, visit, form === undefined ? refusedView(unreadable) : await act(visit, form));
}

function answer(
  c: Context<DashboardEnv>,
  { caller, url, clock }: Visit,
  view: View | Response,
): Response | Promise<Response> {
  if (view instanceof Response) return view;
  const nonce = c.get("secureHeadersNonce") ?? "";
  return c.html(<Frame view={view} caller={caller} url={url} clock={clock} nonce={nonce} />, view.status ?? 200);
}

const foreign = new Refusal("forbidden", "This form was not sent from the dashboard's own page. Nothing was changed.");
const unreadable = new Refusal(
  "malformed_body",
  "What was sent is no form of the dashboard's, or is too large. Nothing was changed.",
);
const notSo = new Refusal("method_not_allowed", "This page takes nothing that is sent so. Nothing was changed.");
const nothingHere = refusedView(new Refusal("not_found", "The dashboard has no such page."), "/dashboard");

function forbidden(who: Page["who"]): View {
  const whose =
    who === "receiver" ? "This page is a receiver's, for its own destination." : `This page needs the role ${who}.`;
  return refusedView(new Refusal("forbidden", whose), "/dashboard");
}
