declare const deliberate: unique symbol;

/** A password in plain sight; only `inlinePassword` makes one, so that none gets into an object unnoticed. */
export type InlinePassword = string & { readonly [deliberate]: true };

/**
 * A password that is written into the object itself, where everyone who may read it sees it. In production, refer to a
 * Secret: `passwordFrom: secretKey("shop-database", "password")`.
 */
export function inlinePassword(password: string): InlinePassword {
  return password as InlinePassword;
}

/** A reference to one key of a Secret in the object's namespace, as `urlFrom`, `passwordFrom` and the like take it. */
export function secretKey<const Name extends string, const Key extends string>(
  name: Name,
  key: Key,
): { secretKeyRef: { name: Name; key: Key } } {
  return { secretKeyRef: { name, key } };
}
