import { customConfig, gitops, instance, persistence, scope } from "@atlas/manifests/options";

const image = { version: "v0.7.11" } as const;
const newer = { version: "v0.7.37" } as const;
const home = "atlas-operator";

// What a release has.
scope({ image: newer, namespaces: ["shop"], operatorNamespace: home });
instance({ image: newer, name: "shop", crds: "owned" });
persistence({ image: newer, storage: "1Gi", accessMode: "ReadWriteOnce" });
customConfig(image);
gitops("argocd", "flux");

// And what it lacks.
// @ts-expect-error -- v0.7.11 does not know --namespace
scope({ image, namespaces: ["shop"], operatorNamespace: home });
// @ts-expect-error -- v0.7.11 does not know --leader-election-id
instance({ image, name: "shop", crds: "owned" });
// @ts-expect-error -- v0.7.11 does not read DATA_DIR
persistence({ image, storage: "1Gi", accessMode: "ReadWriteOnce" });
// @ts-expect-error -- v0.6.0 does not read ALLOW_CUSTOM_CONFIG
customConfig({ version: "v0.6.0" });
// @ts-expect-error -- a scope of no namespace is one of all
scope({ image: newer, namespaces: [], operatorNamespace: home });
// @ts-expect-error -- there is no such tool
gitops("argo");
// @ts-expect-error -- for no tool there is nothing to say
gitops();
