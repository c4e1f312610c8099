import { apiOf, formatApi } from "./api.ts";
import type { Model } from "../model/model.ts";
import type { OutputFile } from "../emit/output-file.ts";

/** The compact API report: one line a field, so that a review sees what a change does to the API. */
export function emitApi(model: Model): OutputFile {
  return { path: "api/api.txt", content: formatApi(apiOf(model)) };
}
