export { call, codeWord, dataCode, template, type CodeExpression, type CodeField } from "./expression.ts";
export { printModule, type Import, type Module } from "./module.ts";
export { accessors } from "./text.ts";
