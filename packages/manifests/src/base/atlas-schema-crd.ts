import { external } from "@atlas/compose";
import { atlasSchemaCrd as crd } from "@atlas/crd-types/crds";

export const atlasSchemaCrd = external(crd, crd.source);
