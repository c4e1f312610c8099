import type { GoModule } from "../workspace/go-modules.ts";

/** A project whose CRDs are taken out of its Go module. */
export interface Project extends GoModule {
  readonly name: string;
  /** Where in the module the CRDs lie: files and folders. */
  readonly crds: readonly string[];
}

/** Projects at pinned versions, with the hash of each module's content as go.sum has it; the small ones first. */
export const projects: readonly Project[] = [
  {
    name: "cert-manager",
    path: "github.com/cert-manager/cert-manager",
    version: "v1.18.2",
    sum: "h1:H2P75ycGcTMauV3gvpkDqLdS3RSXonWF2S49QGA1PZE=",
    crds: ["deploy/crds"],
  },
  {
    name: "keda",
    path: "github.com/kedacore/keda/v2",
    version: "v2.17.2",
    sum: "h1:xlrcK5TKABJF9PebK79sgL07s/csGjL3H4m72OkZXxk=",
    crds: ["config/crd/bases"],
  },
  {
    name: "gateway-api",
    path: "sigs.k8s.io/gateway-api",
    version: "v1.3.0",
    sum: "h1:q6okN+/UKDATola4JY7zXzx40WO4VISk7i9DIfOvr9M=",
    crds: ["config/crd/experimental"],
  },
  {
    name: "istio",
    path: "istio.io/api",
    version: "v1.27.0",
    sum: "h1:KU1DeyIvZkY2k0pF9ZY+6D0ZVB1ZgvimaPkM55NVRWk=",
    crds: ["kubernetes/customresourcedefinitions.gen.yaml"],
  },
  {
    name: "knative",
    path: "knative.dev/serving",
    version: "v0.46.0",
    sum: "h1:OF4Jt+6xY4nw0lFb9G3rEEJPZcNx1k2Kf1IhhJp/Rg4=",
    crds: ["config/core/300-resources"],
  },
  {
    name: "tekton",
    path: "github.com/tektoncd/pipeline",
    version: "v1.3.1",
    sum: "h1:GOp49pAMPCXYX1E/cSc2JAm7j4vEB68DOOhGkSoaAmI=",
    crds: ["config/300-crds"],
  },
  {
    name: "crossplane",
    path: "github.com/crossplane/crossplane/v2",
    version: "v2.0.2",
    sum: "h1:OKA26pnm3/uFHN1zF9d2CGkkvod9H/6PrK4xmL81BgU=",
    crds: ["cluster/crds"],
  },
  {
    name: "external-secrets",
    path: "github.com/external-secrets/external-secrets",
    version: "v0.19.2",
    sum: "h1:bdOpEt9Pww2e8QGh4apX7M0nehwNOVAQJLd8z6hAXWI=",
    crds: ["config/crds/bases"],
  },
  {
    name: "cloudnative-pg",
    path: "github.com/cloudnative-pg/cloudnative-pg",
    version: "v1.27.0",
    sum: "h1:mp0zlYO4vKAJmQdArWORWKr1lmB4Hj8JeBQGX5RBnpg=",
    crds: ["config/crd/bases"],
  },
  {
    name: "contour",
    path: "github.com/projectcontour/contour",
    version: "v1.33.0",
    sum: "h1:Aewh+Yt5DY005CGvdxtpquZWmc6/6IsDTs1ze8CvtZk=",
    crds: ["examples/contour/01-crds.yaml"],
  },
  {
    name: "prometheus-operator",
    path: "github.com/prometheus-operator/prometheus-operator",
    version: "v0.85.0",
    sum: "h1:M5xLCLEoaW2IJfnuCwFzzpL+jSVQu3KGT84Pye+fW8s=",
    crds: ["example/prometheus-operator-crd"],
  },
  {
    name: "argo-workflows",
    path: "github.com/argoproj/argo-workflows/v3",
    version: "v3.7.1",
    sum: "h1:8xynztGc+tUuUq/SB9dHGp5EDI6UkSmuJeQPhHQrbek=",
    crds: ["manifests/base/crds/full"],
  },
  {
    name: "argo-rollouts",
    path: "github.com/argoproj/argo-rollouts",
    version: "v1.8.3",
    sum: "h1:blbtQva4IK9r6gFh+dWkCrLnFdPOWiv9ubQYu36qeaA=",
    crds: ["manifests/crds"],
  },
  {
    name: "cluster-api",
    path: "sigs.k8s.io/cluster-api",
    version: "v1.11.0",
    sum: "h1:4ZqKxjhdP3F/vvHMd675rGsDrT/siggnFPt5eKQ8nkI=",
    crds: ["config/crd/bases", "bootstrap/kubeadm/config/crd/bases"],
  },
  {
    name: "kserve",
    path: "github.com/kserve/kserve",
    version: "v0.15.2",
    sum: "h1:uph7Umk331fvBMrHHpTJNDt6+lf3IAuyiskaQw8wIAk=",
    crds: ["config/crd/full"],
  },
];
