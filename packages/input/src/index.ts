export { displayPath } from "./display-path.ts";
export { isEncrypted } from "./encrypted.ts";
export { fileErrorOf } from "./file-error.ts";
export type { FindingCode } from "./codes.ts";
export { exitCodeOf, findingsOf, InputError, systemFindings, type Finding } from "./finding.ts";
export { offerPackagesOf } from "./own-packages.ts";
