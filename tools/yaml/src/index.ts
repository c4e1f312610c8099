export { isJson, misreadIn, type Misread } from "./outer-form.ts";
export { scalarTags, type Dialect } from "./scalars.ts";
