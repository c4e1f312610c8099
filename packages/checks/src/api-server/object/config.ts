import { at, entryAt, hasFields, textAt, valueAt } from "../rule/place.ts";
import { all, fields, lazily, mapOf, requireField, type Rule } from "../rule/rule.ts";
import { quoted } from "../rule/wording.ts";
import { dataSize } from "../metadata/size.ts";
import { configKey } from "../value/names.ts";
import { formed } from "../value/text.ts";

/*
 * ConfigMaps and Secrets.
 *
 * Source: ValidateConfigMap and ValidateSecret in k8s.io/kubernetes/pkg/apis/core/validation, and
 * https://kubernetes.io/docs/concepts/configuration/
 */

const keys = mapOf(formed(configKey));

const oneValueAKey: Rule = (place, { report }) => {
  const data = at(place, "data");
  if (!hasFields(data.value)) return;
  for (const key of Object.keys(data.value))
    if (valueAt(valueAt(place.value, "binaryData"), key) !== undefined)
      report(at(data, key), "data-key-repeated", `${quoted(key)} is in binaryData, too`, "take one out");
};

export const configMapRule: Rule = lazily(() =>
  all(fields({ data: keys, binaryData: keys }), oneValueAKey, dataSize(["data"], ["binaryData"])),
);

/** What the types of Secrets have to hold. */
const needed: Readonly<Record<string, readonly string[]>> = {
  "kubernetes.io/dockercfg": [".dockercfg"],
  "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
  "kubernetes.io/ssh-auth": ["ssh-privatekey"],
  "kubernetes.io/tls": ["tls.crt", "tls.key"],
};
/** The files among them that are JSON. */
const json = new Set([".dockercfg", ".dockerconfigjson"]);

/** The text of a key, whichever of the two maps holds it; undefined where none does. */
function secretText(secret: unknown, key: string): string | undefined {
  const [plain, encoded] = ["stringData", "data"].map((map) => entryAt(valueAt(secret, map), key, ""));
  if (typeof plain === "string") return plain;
  return typeof encoded === "string" ? decoded(encoded) : undefined;
}

function decoded(text: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (unit) => unit.charCodeAt(0)));
  } catch {
    // What is not base64 is refused as such.
    return "{}";
  }
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return value === null || hasFields(value);
  } catch {
    return false;
  }
}

const ofType: Rule = (place, look) => {
  const { value } = place;
  const type = textAt(value, "type") ?? "";
  const data = at(place, "data");
  for (const key of needed[type] ?? []) {
    const content = secretText(value, key);
    if (content === undefined || (content === "" && key === "ssh-privatekey"))
      look.report(
        at(data, key),
        "secret-key-missing",
        `a Secret of type ${type} has the key ${quoted(key)}`,
        "state it in data or stringData",
      );
    else if (json.has(key) && !isJsonObject(content))
      look.report(
        at(data, key),
        "secret-not-json",
        `the content of ${quoted(key)} is not a JSON object`,
        "make it with kubectl create secret docker-registry NAME --dry-run=client -o yaml",
      );
  }
  if (
    type === "kubernetes.io/basic-auth" &&
    secretText(value, "username") === undefined &&
    secretText(value, "password") === undefined
  )
    look.report(
      data,
      "secret-key-missing",
      `a Secret of type ${type} has the key "username" or "password"`,
      "state one of them",
    );
  if (type === "kubernetes.io/service-account-token") {
    const annotations = at(at(place, "metadata"), "annotations");
    requireField(annotations, "kubernetes.io/service-account.name", look);
  }
};

export const secretRule: Rule = lazily(() =>
  all(fields({ data: keys, stringData: keys }), ofType, dataSize(["stringData"], ["data"])),
);
