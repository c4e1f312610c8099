export {
  declarationsIn,
  type DeclaredField,
  type DeclaredModule,
  type DeclaredType,
} from "./declarations.ts";
export { keyName } from "./key-name.ts";
export { requestsIn, requestsOf, type ModuleRequest } from "./requests.ts";
