export {
  call,
  codeWord,
  dataCode,
  fieldCode,
  listCode,
  objectCode,
  template,
  type CodeExpression,
  type CodeField,
} from "./expression.ts";
export { printModule, type Import, type Module } from "./module.ts";
export { accessors, printKey } from "./text.ts";
