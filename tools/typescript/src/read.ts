export {
  declarationsIn,
  keyName,
  type DeclaredField,
  type DeclaredModule,
  type DeclaredType,
} from "./declarations.ts";
