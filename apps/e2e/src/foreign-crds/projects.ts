import type { GoModule } from "../workspace/go-modules.ts";

/** A Go module with CRDs in it. */
export interface CrdModule extends GoModule {
  /** Where in the module the CRDs lie: files and folders. */
  readonly crds: readonly string[];
}

/** A project whose CRDs are taken out of its Go modules. */
export interface Project {
  readonly name: string;
  readonly modules: readonly CrdModule[];
}

/** Projects at pinned versions, with the hash of each module's content as go.sum has it; the small ones first. */
export const projects: readonly Project[] = [
  {
    name: "cert-manager",
    modules: [
      {
        path: "github.com/cert-manager/cert-manager",
        version: "v1.18.2",
        sum: "h1:H2P75ycGcTMauV3gvpkDqLdS3RSXonWF2S49QGA1PZE=",
        crds: ["deploy/crds"],
      },
    ],
  },
  {
    name: "keda",
    modules: [
      {
        path: "github.com/kedacore/keda/v2",
        version: "v2.17.2",
        sum: "h1:xlrcK5TKABJF9PebK79sgL07s/csGjL3H4m72OkZXxk=",
        crds: ["config/crd/bases"],
      },
    ],
  },
  {
    name: "gateway-api",
    modules: [
      {
        path: "sigs.k8s.io/gateway-api",
        version: "v1.3.0",
        sum: "h1:q6okN+/UKDATola4JY7zXzx40WO4VISk7i9DIfOvr9M=",
        crds: ["config/crd/experimental"],
      },
    ],
  },
  {
    name: "istio",
    modules: [
      {
        path: "istio.io/api",
        version: "v1.27.0",
        sum: "h1:KU1DeyIvZkY2k0pF9ZY+6D0ZVB1ZgvimaPkM55NVRWk=",
        crds: ["kubernetes/customresourcedefinitions.gen.yaml"],
      },
    ],
  },
  {
    name: "knative",
    modules: [
      {
        path: "knative.dev/serving",
        version: "v0.46.0",
        sum: "h1:OF4Jt+6xY4nw0lFb9G3rEEJPZcNx1k2Kf1IhhJp/Rg4=",
        crds: ["config/core/300-resources"],
      },
    ],
  },
  {
    name: "tekton",
    modules: [
      {
        path: "github.com/tektoncd/pipeline",
        version: "v1.3.1",
        sum: "h1:GOp49pAMPCXYX1E/cSc2JAm7j4vEB68DOOhGkSoaAmI=",
        crds: ["config/300-crds"],
      },
    ],
  },
  {
    name: "crossplane",
    modules: [
      {
        path: "github.com/crossplane/crossplane/v2",
        version: "v2.0.2",
        sum: "h1:OKA26pnm3/uFHN1zF9d2CGkkvod9H/6PrK4xmL81BgU=",
        crds: ["cluster/crds"],
      },
    ],
  },
  {
    name: "external-secrets",
    modules: [
      {
        path: "github.com/external-secrets/external-secrets",
        version: "v0.19.2",
        sum: "h1:bdOpEt9Pww2e8QGh4apX7M0nehwNOVAQJLd8z6hAXWI=",
        crds: ["config/crds/bases"],
      },
    ],
  },
  {
    name: "cloudnative-pg",
    modules: [
      {
        path: "github.com/cloudnative-pg/cloudnative-pg",
        version: "v1.27.0",
        sum: "h1:mp0zlYO4vKAJmQdArWORWKr1lmB4Hj8JeBQGX5RBnpg=",
        crds: ["config/crd/bases"],
      },
    ],
  },
  {
    name: "contour",
    modules: [
      {
        path: "github.com/projectcontour/contour",
        version: "v1.33.0",
        sum: "h1:Aewh+Yt5DY005CGvdxtpquZWmc6/6IsDTs1ze8CvtZk=",
        crds: ["examples/contour/01-crds.yaml"],
      },
    ],
  },
  {
    name: "prometheus-operator",
    modules: [
      {
        path: "github.com/prometheus-operator/prometheus-operator",
        version: "v0.85.0",
        sum: "h1:M5xLCLEoaW2IJfnuCwFzzpL+jSVQu3KGT84Pye+fW8s=",
        crds: ["example/prometheus-operator-crd"],
      },
    ],
  },
  {
    name: "argo-workflows",
    modules: [
      {
        path: "github.com/argoproj/argo-workflows/v3",
        version: "v3.7.1",
        sum: "h1:8xynztGc+tUuUq/SB9dHGp5EDI6UkSmuJeQPhHQrbek=",
        crds: ["manifests/base/crds/full"],
      },
    ],
  },
  {
    name: "argo-rollouts",
    modules: [
      {
        path: "github.com/argoproj/argo-rollouts",
        version: "v1.8.3",
        sum: "h1:blbtQva4IK9r6gFh+dWkCrLnFdPOWiv9ubQYu36qeaA=",
        crds: ["manifests/crds"],
      },
    ],
  },
  {
    name: "cluster-api",
    modules: [
      {
        path: "sigs.k8s.io/cluster-api",
        version: "v1.11.0",
        sum: "h1:4ZqKxjhdP3F/vvHMd675rGsDrT/siggnFPt5eKQ8nkI=",
        crds: ["config/crd/bases", "bootstrap/kubeadm/config/crd/bases"],
      },
      {
        path: "sigs.k8s.io/cluster-api/test",
        version: "v1.14.4",
        sum: "h1:9L73Olk8zmCyx0n6MLGV5UEbqAFiw8DuxjShN+ZYsYI=",
        crds: ["infrastructure/docker/config/crd/bases"],
      },
    ],
  },
  {
    name: "kserve",
    modules: [
      {
        path: "github.com/kserve/kserve",
        version: "v0.15.2",
        sum: "h1:uph7Umk331fvBMrHHpTJNDt6+lf3IAuyiskaQw8wIAk=",
        crds: ["config/crd/full"],
      },
    ],
  },
  {
    name: "kyverno",
    modules: [
      {
        path: "github.com/kyverno/kyverno",
        version: "v1.19.1",
        sum: "h1:/MkgFii3/VlQfKR1JpC9tVwNNVNQTt2S4U6qCsafsTU=",
        crds: ["config/crds"],
      },
    ],
  },
  {
    name: "eck",
    modules: [
      {
        path: "github.com/elastic/cloud-on-k8s/v3",
        version: "v3.5.0",
        sum: "h1:sR4oj+gNnwI9hgsKhBwjUlx+5F2T/kND40hrzaogtek=",
        crds: ["config/crds/v1/resources"],
      },
    ],
  },
  {
    name: "argo-cd",
    modules: [
      {
        path: "github.com/argoproj/argo-cd/v3",
        version: "v3.1.0",
        sum: "h1:2+gPskQKCyPC9DzRSWQ1AvmS3WiIlRR7bKz/FO3DozI=",
        crds: ["manifests/crds"],
      },
    ],
  },
  {
    name: "kueue",
    modules: [
      {
        path: "sigs.k8s.io/kueue",
        version: "v0.17.0",
        sum: "h1:7hzb38M4eKGzYW+CFv2s1L+swzzacUCHOCXxZmAV90I=",
        crds: ["config/components/crd/bases"],
      },
    ],
  },
  {
    name: "karpenter",
    modules: [
      {
        path: "sigs.k8s.io/karpenter",
        version: "v1.6.0",
        sum: "h1:82SIWF3FIaTkD5WFx+2wjCqgkZK5m1CHY5p+uIu4ScI=",
        crds: ["pkg/apis/crds"],
      },
    ],
  },
  {
    name: "velero",
    modules: [
      {
        path: "github.com/vmware-tanzu/velero",
        version: "v1.18.3",
        sum: "h1:9uwN5yxTWQl9PsF5ljX4xiG+7VIq3I9mxOQ0DyyZ31A=",
        crds: ["config/crd/v1/bases", "config/crd/v2alpha1/bases"],
      },
    ],
  },
  {
    name: "metallb",
    modules: [
      {
        path: "go.universe.tf/metallb",
        version: "v0.16.2",
        sum: "h1:RCSAGoZmqcvTg0e56+Okbwz8iTuQVX30JpKX5mYEPUM=",
        crds: ["config/crd/bases"],
      },
    ],
  },
  {
    name: "flux-source",
    modules: [
      {
        path: "github.com/fluxcd/source-controller",
        version: "v1.8.5",
        sum: "h1:3zKSTGc2FPoZcQ5BjnyOrwdHDWeYqst3uAoZ+c0DG3c=",
        crds: ["config/crd/bases"],
      },
    ],
  },
  {
    name: "envoy-gateway",
    modules: [
      {
        path: "github.com/envoyproxy/gateway",
        version: "v1.9.1",
        sum: "h1:vAVp6/AlBXJ1aOhp1mxL7fNEzVEfjADUguUhm2wzxQY=",
        crds: ["charts/gateway-helm/charts/crds/crds/generated"],
      },
    ],
  },
  {
    name: "trust-manager",
    modules: [
      {
        path: "github.com/cert-manager/trust-manager",
        version: "v0.25.0",
        sum: "h1:nGtkHH9wEacI5uACdsq8wqCKWsCw1PMrwHPJcrUFUXA=",
        crds: ["deploy/crds"],
      },
    ],
  },
  {
    name: "vertical-pod-autoscaler",
    modules: [
      {
        path: "k8s.io/autoscaler/vertical-pod-autoscaler",
        version: "v1.8.1",
        sum: "h1:Pe8bV1wozN4gOKO1rleiIY5alIyAXN+DnXDbXQcL4fI=",
        crds: ["deploy/vpa-v1-crd-gen.yaml"],
      },
    ],
  },
  {
    name: "gatekeeper",
    modules: [
      {
        path: "github.com/open-policy-agent/gatekeeper/v3",
        version: "v3.23.1",
        sum: "h1:njHTm0SJ6ZEhhEgmQTpJKTGQbc99fSs4hGiEp1OIKck=",
        crds: ["charts/gatekeeper/crds"],
      },
    ],
  },
  {
    name: "cluster-api-provider-aws",
    modules: [
      {
        path: "sigs.k8s.io/cluster-api-provider-aws/v2",
        version: "v2.13.0",
        sum: "h1:yQz7GBrIkPLuEJ5MXNuZ/6eUssTJK8reUnZ6t5QIPnU=",
        crds: ["config/crd/bases"],
      },
    ],
  },
  {
    name: "cilium",
    modules: [
      {
        path: "github.com/cilium/cilium",
        version: "v1.20.2",
        sum: "h1:dqiEGIcXc+gqCLYG/l7VCFJ8GHyb4HUrwbZOpkX5dL8=",
        crds: ["pkg/k8s/apis/cilium.io/client/crds"],
      },
    ],
  },
  {
    name: "opentelemetry-operator",
    modules: [
      {
        path: "github.com/open-telemetry/opentelemetry-operator",
        version: "v0.131.0",
        sum: "h1:UTZZG8jh51q5Dzd70JZWN/6s9cY+dLomhSzoV2bQeLo=",
        crds: ["config/crd/bases"],
      },
    ],
  },
  {
    name: "traefik",
    modules: [
      {
        path: "github.com/traefik/traefik/v3",
        version: "v3.5.0",
        sum: "h1:LcEVhZkBC0uXp8vNwn+4zCWKmZTnPo95euw6ejmmWPk=",
        crds: ["docs/content/reference/dynamic-configuration/kubernetes-crd-definition-v1.yml"],
      },
    ],
  },
  {
    name: "kuberay",
    modules: [
      {
        path: "github.com/ray-project/kuberay/ray-operator",
        version: "v1.4.2",
        sum: "h1:A4tGzbIky8sInAUxZBdBb+rrpZ7fbqoxdsOtm559Zqg=",
        crds: ["config/crd/bases"],
      },
    ],
  },
];
