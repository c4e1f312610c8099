const metadata = { name: "web", namespace: "default", labels: { app: "web" } };
const inCluster = { name: "web", labels: { app: "web" } };
const storage = (kind: string, more: object) => ({ apiVersion: "storage.k8s.io/v1", kind, ...more });
const volume = (spec: object) => ({
  apiVersion: "v1",
  kind: "PersistentVolume",
  metadata: inCluster,
  spec: { accessModes: ["ReadWriteOnce"], capacity: { storage: "1Gi" }, ...spec },
});
const secretRef = { name: "a", namespace: "shop" };

export const storages: Readonly<Record<string, object>> = {
  "volume-csi": volume({
    persistentVolumeReclaimPolicy: "Retain",
    storageClassName: "fast",
    volumeMode: "Block",
    volumeAttributesClassName: "gold",
    csi: {
      driver: "csi.example.com",
      volumeHandle: "a",
      fsType: "ext4",
      nodePublishSecretRef: secretRef,
      controllerExpandSecretRef: secretRef,
    },
  }),
  "volume-local": volume({
    local: { path: "/mnt" },
    nodeAffinity: {
      required: {
        nodeSelectorTerms: [
          { matchExpressions: [{ key: "kubernetes.io/hostname", operator: "In", values: ["node-1"] }] },
        ],
      },
    },
  }),
  "volume-host": volume({ hostPath: { path: "/var", type: "Directory" } }),
  "volume-nfs": volume({ nfs: { server: "nfs", path: "/a" }, mountOptions: ["hard"] }),
  "volume-iscsi": volume({
    iscsi: { targetPortal: "10.0.0.1:3260", iqn: "iqn.2001-04.com.example:a", lun: 1 },
  }),
  "volume-claim": {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata,
    spec: {
      accessModes: ["ReadWriteOnce", "ReadOnlyMany"],
      resources: { requests: { storage: "1Gi" } },
      storageClassName: "fast",
      volumeMode: "Filesystem",
      volumeAttributesClassName: "gold",
      selector: { matchLabels: { a: "b" } },
      dataSource: { apiGroup: "snapshot.storage.k8s.io", kind: "VolumeSnapshot", name: "a" },
      dataSourceRef: { apiGroup: "snapshot.storage.k8s.io", kind: "VolumeSnapshot", name: "a" },
    },
  },
  "storage-class": storage("StorageClass", {
    metadata: inCluster,
    provisioner: "csi.example.com",
    parameters: { type: "ssd" },
    reclaimPolicy: "Delete",
    volumeBindingMode: "WaitForFirstConsumer",
    allowVolumeExpansion: true,
    allowedTopologies: [
      { matchLabelExpressions: [{ key: "topology.kubernetes.io/zone", values: ["a", "b"] }] },
    ],
  }),
  "volume-attributes-class": storage("VolumeAttributesClass", {
    metadata: inCluster,
    driverName: "csi.example.com",
    parameters: { iops: "100" },
  }),
  "csi-driver": storage("CSIDriver", {
    metadata: { name: "csi.example.com" },
    spec: {
      attachRequired: true,
      podInfoOnMount: false,
      storageCapacity: true,
      fsGroupPolicy: "File",
      volumeLifecycleModes: ["Persistent", "Ephemeral"],
      tokenRequests: [{ audience: "a", expirationSeconds: 3600 }],
    },
  }),
  "csi-node": storage("CSINode", {
    metadata: { name: "node-1" },
    spec: {
      drivers: [
        {
          name: "csi.example.com",
          nodeID: "a",
          topologyKeys: ["example.com/zone"],
          allocatable: { count: 5 },
        },
      ],
    },
  }),
  "csi-storage-capacity": storage("CSIStorageCapacity", {
    metadata,
    storageClassName: "fast",
    capacity: "1Gi",
    maximumVolumeSize: "1Gi",
    nodeTopology: { matchLabels: { a: "b" } },
  }),
  "volume-attachment": storage("VolumeAttachment", {
    metadata: inCluster,
    spec: { attacher: "csi.example.com", nodeName: "node-1", source: { persistentVolumeName: "web" } },
  }),
};
