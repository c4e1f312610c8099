import { external } from "@atlas/compose";
import { crds as all } from "@atlas/crd-types/crds";
import { atlasMigrationCrd } from "./atlas-migration-crd.ts";
import { atlasSchemaCrd } from "./atlas-schema-crd.ts";

/** Those with a file of their own, by which overlays can name them. */
const namedCrds = [atlasMigrationCrd, atlasSchemaCrd] as const;

/** Every CRD of the release, those of kinds that a newer one brings included. */
export const crds = [
  ...namedCrds,
  ...all
    .filter((crd) => namedCrds.every(({ metadata }) => metadata.name !== crd.metadata.name))
    .map((crd) => external(crd, crd.source)),
] as const;
