import type { Page } from "../page/page.ts";
import { editView } from "./edit-view.tsx";

/** The map of a source as text: to read, and for admins to change. */
export const mapTextPage: Page = {
  path: "/dashboard/permissions/:source/text",
  who: "supervisor",
  show: (visit) => editView(visit),
};
