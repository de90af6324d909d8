import { nowPage } from "./now/now-page.tsx";
import type { Action, Page } from "./page/page.ts";

/** Every page, one line each. */
export const pages: readonly Page[] = [nowPage];

/** Every form that does something, one line each. */
export const actions: readonly Action[] = [];
