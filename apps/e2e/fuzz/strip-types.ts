import { stripTypeScriptTypes, type LoadHook } from "node:module";

const text = new TextDecoder();

/** Hands TypeScript on as the JavaScript that it is, so that Jazzer.js, which loads it through this, can instrument it. */
export const load: LoadHook = async (url, context, next) => {
  const loaded = await next(url, context);
  if (loaded.format !== "module-typescript") return loaded;
  return {
    ...loaded,
    format: "module",
    source: stripTypeScriptTypes(text.decode(loaded.source as Uint8Array)),
  };
};
