import { hasFields, type RulePlace } from "../rule/place.ts";
import type { Look, Rule } from "../rule/rule.ts";

/*
 * How large an object may be.
 *
 * Source: TotalAnnotationSizeLimitB in k8s.io/apimachinery/pkg/api/validation; MaxSecretSize in k8s.io/kubernetes/pkg/apis/core;
 * etcd's default of --max-request-bytes; https://kubernetes.io/docs/concepts/configuration/configmap/
 */

/** What all annotations of an object may have together, keys included. */
const annotationBytes = 262_144;
/** What the data of a ConfigMap or Secret may have together. */
const dataBytes = 1_048_576;
/** What etcd takes in one request. */
const requestBytes = 1_572_864;

/** How many bytes a text has in UTF-8. */
function utf8Length(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    // Each half of a pair stands for two of the four bytes of its character.
    if (unit > 127) bytes += unit > 2047 && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return bytes;
}

export const annotationSize: Rule = (place, { report }) => {
  const { value } = place;
  if (!hasFields(value)) return;
  let bytes = 0;
  for (const key of Object.keys(value)) {
    const text = value[key];
    if (typeof text === "string") bytes += utf8Length(key) + utf8Length(text);
  }
  if (bytes > annotationBytes)
    report(
      place,
      "annotations-too-large",
      `the annotations have ${bytes} bytes, and ${annotationBytes} is the most`,
      "keep such data in a ConfigMap",
    );
};

/** The data of a ConfigMap or a Secret: `data` is base64 in a Secret, `binaryData` is in a ConfigMap. */
export const dataSize =
  (plain: readonly string[], base64: readonly string[]): Rule =>
  (place, { report }) => {
    const { value } = place;
    if (!hasFields(value)) return;
    let bytes = 0;
    for (const name of plain) bytes += sumOf(value[name], utf8Length);
    for (const name of base64) bytes += sumOf(value[name], decodedBytes);
    if (bytes > dataBytes)
      report(
        place,
        "data-too-large",
        `the data has ${bytes} bytes, and ${dataBytes} is the most`,
        "split it among several objects, or mount a volume",
      );
  };

function sumOf(map: unknown, size: (text: string) => number): number {
  if (!hasFields(map)) return 0;
  let bytes = 0;
  for (const key of Object.keys(map)) {
    const text = map[key];
    if (typeof text === "string") bytes += size(text);
  }
  return bytes;
}

function decodedBytes(text: string): number {
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  return Math.floor((text.length * 3) / 4) - padding;
}

/**
 * Whether an object can be stored, and whether it can be applied from the client's side: kubectl then keeps a copy of it in
 * an annotation.
 *
 * @param json the object as JSON.
 */
export function objectSize(place: RulePlace, json: string, { report }: Look): void {
  // A character has three bytes at most for each of its units.
  if (json.length * 3 <= annotationBytes) return;
  const bytes = utf8Length(json);
  if (bytes > requestBytes)
    report(
      place,
      "object-too-large",
      `the object has ${bytes} bytes as JSON, and etcd takes ${requestBytes}`,
      "split it",
    );
  else if (bytes > annotationBytes)
    report(
      place,
      "object-too-large-for-client-side-apply",
      `the object has ${bytes} bytes as JSON, more than the ${annotationBytes} of the annotation in which kubectl keeps what it applied`,
      "apply it with `kubectl apply --server-side`",
    );
}
