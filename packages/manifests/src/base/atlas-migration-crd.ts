import { external } from "@atlas/compose";
import { atlasMigrationCrd as crd } from "@atlas/crd-types/crds";

export const atlasMigrationCrd = external(crd, crd.source);
