const metadata = { name: "web", namespace: "default", labels: { app: "web" } };
const inCluster = { name: "web", labels: { app: "web" } };
const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: "web" };
const selector = { matchLabels: { app: "web" }, matchExpressions: [{ key: "a", operator: "Exists" }] };

export const policy: Readonly<Record<string, object>> = {
  autoscaler: {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata,
    spec: {
      scaleTargetRef,
      minReplicas: 2,
      maxReplicas: 5,
      metrics: [
        {
          type: "Resource",
          resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } },
        },
        {
          type: "Pods",
          pods: {
            metric: { name: "requests", selector },
            target: { type: "AverageValue", averageValue: "10" },
          },
        },
        {
          type: "Object",
          object: {
            describedObject: { kind: "Service", name: "web" },
            metric: { name: "hits" },
            target: { type: "Value", value: "1k" },
          },
        },
        {
          type: "External",
          external: { metric: { name: "queue" }, target: { type: "AverageValue", averageValue: "30" } },
        },
        {
          type: "ContainerResource",
          containerResource: {
            name: "memory",
            container: "web",
            target: { type: "AverageValue", averageValue: "1Gi" },
          },
        },
      ],
      behavior: {
        scaleUp: {
          stabilizationWindowSeconds: 10,
          selectPolicy: "Max",
          policies: [
            { type: "Pods", value: 2, periodSeconds: 30 },
            { type: "Percent", value: 50, periodSeconds: 60 },
          ],
        },
        scaleDown: { policies: [{ type: "Percent", value: 10, periodSeconds: 60 }] },
      },
    },
  },
  "autoscaler-v1": {
    apiVersion: "autoscaling/v1",
    kind: "HorizontalPodAutoscaler",
    metadata,
    spec: { scaleTargetRef, minReplicas: 1, maxReplicas: 3, targetCPUUtilizationPercentage: 80 },
  },
  "disruption-budget": {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata,
    spec: { minAvailable: "50%", selector, unhealthyPodEvictionPolicy: "AlwaysAllow" },
  },
  "disruption-budget-count": {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata,
    spec: { maxUnavailable: 1, selector },
  },
  "resource-quota": {
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata,
    spec: {
      hard: {
        pods: "10",
        "requests.cpu": "4",
        "limits.memory": "8Gi",
        "requests.example.com/gpu": "2",
        "count/jobs.batch": "3",
      },
      scopeSelector: { matchExpressions: [{ scopeName: "PriorityClass", operator: "In", values: ["high"] }] },
    },
  },
  "resource-quota-scopes": {
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata,
    spec: { hard: { pods: "10" }, scopes: ["BestEffort", "Terminating"] },
  },
  "limit-range": {
    apiVersion: "v1",
    kind: "LimitRange",
    metadata,
    spec: {
      limits: [
        {
          type: "Container",
          min: { cpu: "10m", memory: "1Mi" },
          max: { cpu: "2", memory: "1Gi" },
          default: { cpu: "500m" },
          defaultRequest: { cpu: "100m" },
          maxLimitRequestRatio: { cpu: "10" },
        },
        { type: "Pod", max: { cpu: "4" } },
        { type: "PersistentVolumeClaim", min: { storage: "1Gi" } },
      ],
    },
  },
  "priority-class": {
    apiVersion: "scheduling.k8s.io/v1",
    kind: "PriorityClass",
    metadata: inCluster,
    value: 1000,
    globalDefault: false,
    preemptionPolicy: "Never",
    description: "for the web",
  },
};
