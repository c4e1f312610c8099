import type { KubernetesObject } from "@atlas/compose";
import { isSecret } from "../model/state.ts";
import type { Outcome } from "./follow.ts";
import type { Replacement } from "../read/replacements.ts";
import type { Tracked } from "../model/state.ts";

/** Shorter texts stand in others by chance. */
const telling = 6;

/**
 * Tells which objects have got values of Secrets from others, which do not belong in TypeScript: replacements take them from
 * there by name, variables and transformers have only the text.
 */
export function secretBearers(
  replacements: readonly Replacement[],
  outcomes: readonly Outcome[],
): (outcome: Outcome, values: readonly unknown[]) => boolean {
  const texts = outcomes.flatMap(({ their }) => (isSecret(their) ? [...textsOf(their)] : []));
  const targets = new Set<Tracked>();
  for (const { source, targets: each } of replacements) {
    const isOfSecret =
      /^(?:data|stringData)$/.test(source.path[0] ?? "") &&
      outcomes.some(({ tracked, their }) => isSecret(their) && source.selects(tracked));
    if (!isOfSecret) continue;
    for (const { tracked } of outcomes)
      if (each.some(({ selects }) => selects(tracked))) targets.add(tracked);
  }
  return ({ tracked, their }, values) =>
    !isSecret(their) && (targets.has(tracked) || values.some((value) => holdsAny(value, texts)));
}

/** The values of a Secret, as they stand there and as they are meant. */
function* textsOf(secret: KubernetesObject): Generator<string> {
  const { data = {}, stringData = {} } = secret as KubernetesObject & {
    readonly data?: Readonly<Record<string, unknown>>;
    readonly stringData?: Readonly<Record<string, unknown>>;
  };
  for (const value of [...Object.values(data), ...Object.values(stringData)])
    if (typeof value === "string" && value !== "") yield value;
  for (const value of Object.values(data))
    if (typeof value === "string" && value !== "") yield Buffer.from(value, "base64").toString();
}

function holdsAny(value: unknown, texts: readonly string[]): boolean {
  if (typeof value === "object" && value !== null)
    return Object.values(value).some((inner) => holdsAny(inner, texts));
  const text = String(value);
  return texts.some((secret) => text === secret || (secret.length >= telling && text.includes(secret)));
}
