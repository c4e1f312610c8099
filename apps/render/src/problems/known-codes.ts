import { explanations, liveExplanations } from "@atlas/checks";
import { problemCodes } from "@atlas/compose/codes";
import { codegenCodes } from "@atlas/crd-codegen/codes";
import { findingCodes } from "@atlas/input/codes";
import { istioCodes } from "@atlas/istio/codes";
import { manifestCodes } from "@atlas/manifests/codes";

/** What there is to know of a code. */
export interface KnownCode {
  readonly code: string;
  /** What a problem of this code is, and why it matters. */
  readonly why: string;
  /** How it is fixed, as a clause; a message may know better. */
  readonly fix: string;
  /** How bad it is, and where that is documented, where it is the same for all of the code. */
  readonly severity?: string;
  readonly link?: string;
}

/** Codes that belong together, and what they are about. */
export interface CodeList {
  readonly about: string;
  readonly codes: readonly KnownCode[];
}

const listedCodes = (codes: Readonly<Record<string, Omit<KnownCode, "code">>>): readonly KnownCode[] =>
  Object.entries(codes).map(([code, explanation]) => ({ code, ...explanation }));

/** Every code that a problem or a finding may have, by what it is about. */
export const codeLists: readonly CodeList[] = [
  { about: "Layers, patches and what they come to (`@atlas/compose`)", codes: listedCodes(problemCodes) },
  { about: "Files, environments and command lines (`@atlas/render`)", codes: listedCodes(findingCodes) },
  { about: "The builders of a mesh policy (`@atlas/istio`)", codes: listedCodes(istioCodes) },
  { about: "The operator's own settings (`@atlas/manifests`)", codes: listedCodes(manifestCodes) },
  {
    about: "Objects that are refused, or will not work (`@atlas/checks`)",
    codes: explanations.toSorted((one, other) => (one.code < other.code ? -1 : 1)),
  },
  { about: "What is wrong in a cluster (`atlas-render check --live`)", codes: liveExplanations },
  { about: "CRDs, and what is generated of them (`@atlas/crd-codegen`)", codes: listedCodes(codegenCodes) },
];
