import { isObject } from "../events/json.ts";
import type { ProblemCode } from "../problem.ts";
import { noteRejection } from "./note-rejection.ts";
import type { Proved } from "./proved.ts";
import { readText } from "./read-text.ts";
import { reject } from "./reject.ts";
import { scrub, scrubbingOf } from "./scrub.ts";
import { skeletonOf, skeletonOfText } from "./skeleton.ts";

