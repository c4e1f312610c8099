// Generated from crds/ by crd-codegen. Do not edit.

/** Metadata of an object as a person writes it: it has a name, or what the API server begins one with. */
export type ObjectMeta = NamedObjectMeta | GeneratedObjectMeta;

/** Metadata of an object that has a name. */
export interface NamedObjectMeta extends ObjectMetaFields {
  name: string;
  generateName?: string;
}

/** Metadata of an object that the API server gives a name when it is created. */
export interface GeneratedObjectMeta extends ObjectMetaFields {
  name?: string;
  generateName: string;
}

/** What metadata may have beside the name. */
export interface ObjectMetaFields {
  namespace?: string;
  labels?: { [name: string]: string };
  annotations?: { [name: string]: string };
  finalizers?: string[];
  ownerReferences?: OwnerReference[];
}

/** An object that this one belongs to; it is deleted with it. */
export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  blockOwnerDeletion?: boolean;
  controller?: boolean;
}

/** Metadata of an object as the API server returns it. */
export interface ObservedObjectMeta extends NamedObjectMeta {
  uid: string;
  resourceVersion: string;
  generation: number;
  creationTimestamp: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  managedFields?: { [field: string]: unknown }[];
}

/** Metadata of an object inside of another, which may have no name. */
export interface EmbeddedObjectMeta extends ObjectMetaFields {
  name?: string;
  generateName?: string;
}

/** A whole object inside of another (`x-kubernetes-embedded-resource`). */
export interface EmbeddedObject {
  apiVersion: string;
  kind: string;
  metadata?: EmbeddedObjectMeta;
  [field: string]: unknown;
}

export interface AWSElasticBlockStoreVolumeSource {
  fsType?: string;
  /**
   * - format: int32
   */
  partition?: number;
  readOnly?: boolean;
  volumeID: string;
}

export interface Affinity {
  nodeAffinity?: NodeAffinity;
  podAffinity?: PodAffinity;
  podAntiAffinity?: PodAntiAffinity;
}

export interface AppArmorProfile {
  localhostProfile?: string;
  type: string;
}

export interface AzureDiskVolumeSource {
  cachingMode?: string;
  diskName: string;
  diskURI: string;
  /**
   * @default "ext4"
   */
  fsType?: string;
  kind?: string;
  /**
   * @default false
   */
  readOnly?: boolean;
}

/**
 * AzureDiskVolumeSource as the API server returns it: defaults are in place.
 */
export interface AzureDiskVolumeSourceObserved extends AzureDiskVolumeSource {
  /**
   * @default "ext4"
   */
  fsType: string;
  /**
   * @default false
   */
  readOnly: boolean;
}

export interface AzureFileVolumeSource {
  readOnly?: boolean;
  secretName: string;
  shareName: string;
}

export interface CSIVolumeSource {
  driver: string;
  fsType?: string;
  nodePublishSecretRef?: LocalObjectReference;
  readOnly?: boolean;
  volumeAttributes?: { [name: string]: string };
}

/**
 * CSIVolumeSource as the API server returns it: defaults are in place.
 */
export interface CSIVolumeSourceObserved extends CSIVolumeSource {
  nodePublishSecretRef?: LocalObjectReferenceObserved;
}

export interface Capabilities {
  add?: string[];
  drop?: string[];
}

export interface CephFSVolumeSource {
  monitors: string[];
  path?: string;
  readOnly?: boolean;
  secretFile?: string;
  secretRef?: LocalObjectReference;
  user?: string;
}

/**
 * CephFSVolumeSource as the API server returns it: defaults are in place.
 */
export interface CephFSVolumeSourceObserved extends CephFSVolumeSource {
  secretRef?: LocalObjectReferenceObserved;
}

export interface CinderVolumeSource {
  fsType?: string;
  readOnly?: boolean;
  secretRef?: LocalObjectReference;
  volumeID: string;
}

/**
 * CinderVolumeSource as the API server returns it: defaults are in place.
 */
export interface CinderVolumeSourceObserved extends CinderVolumeSource {
  secretRef?: LocalObjectReferenceObserved;
}

export interface ClusterTrustBundleProjection {
  labelSelector?: LabelSelector;
  name?: string;
  optional?: boolean;
  path: string;
  signerName?: string;
}

export interface Condition {
  /**
   * - format: date-time
   */
  lastTransitionTime: string;
  /**
   * - at most 32768 characters
   */
  message: string;
  /**
   * - at least 0
   * - format: int64
   */
  observedGeneration?: number;
  /**
   * - 1 to 1024 characters
   * - matches `^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$`
   */
  reason: string;
  /**
   * - one of: "True", "False", "Unknown"
   */
  status: "True" | "False" | "Unknown";
  /**
   * - at most 316 characters
   * - matches `^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$`
   */
  type: string;
}

export interface ConfigMapEnvSource {
  /**
   * @default ""
   */
  name?: string;
  optional?: boolean;
}

/**
 * ConfigMapEnvSource as the API server returns it: defaults are in place.
 */
export interface ConfigMapEnvSourceObserved extends ConfigMapEnvSource {
  /**
   * @default ""
   */
  name: string;
}

export interface ConfigMapKeySelector {
  key: string;
  /**
   * @default ""
   */
  name?: string;
  optional?: boolean;
}

/**
 * ConfigMapKeySelector as the API server returns it: defaults are in place.
 */
export interface ConfigMapKeySelectorObserved extends ConfigMapKeySelector {
  /**
   * @default ""
   */
  name: string;
}

export interface ConfigMapProjection {
  items?: KeyToPath[];
  /**
   * @default ""
   */
  name?: string;
  optional?: boolean;
}

/**
 * ConfigMapProjection as the API server returns it: defaults are in place.
 */
export interface ConfigMapProjectionObserved extends ConfigMapProjection {
  /**
   * @default ""
   */
  name: string;
}

export interface ConfigMapVolumeSource {
  /**
   * - format: int32
   */
  defaultMode?: number;
  items?: KeyToPath[];
  /**
   * @default ""
   */
  name?: string;
  optional?: boolean;
}

/**
 * ConfigMapVolumeSource as the API server returns it: defaults are in place.
 */
export interface ConfigMapVolumeSourceObserved extends ConfigMapVolumeSource {
  /**
   * @default ""
   */
  name: string;
}

export interface Container {
  args?: string[];
  command?: string[];
  /**
   * - elements differ in: name
   */
  env?: EnvVar[];
  envFrom?: EnvFromSource[];
  image?: string;
  imagePullPolicy?: string;
  lifecycle?: Lifecycle;
  livenessProbe?: Probe;
  name: string;
  /**
   * - elements differ in: containerPort, protocol
   */
  ports?: ContainerPort[];
  readinessProbe?: Probe;
  resizePolicy?: ContainerResizePolicy[];
  resources?: ResourceRequirements;
  restartPolicy?: string;
  securityContext?: SecurityContext;
  startupProbe?: Probe;
  stdin?: boolean;
  stdinOnce?: boolean;
  terminationMessagePath?: string;
  terminationMessagePolicy?: string;
  tty?: boolean;
  /**
   * - elements differ in: devicePath
   */
  volumeDevices?: VolumeDevice[];
  /**
   * - elements differ in: mountPath
   */
  volumeMounts?: VolumeMount[];
  workingDir?: string;
}

/**
 * Container as the API server returns it: defaults are in place.
 */
export interface ContainerObserved extends Container {
  /**
   * - elements differ in: name
   */
  env?: EnvVarObserved[];
  envFrom?: EnvFromSourceObserved[];
  livenessProbe?: ProbeObserved;
  /**
   * - elements differ in: containerPort, protocol
   */
  ports?: ContainerPortObserved[];
  readinessProbe?: ProbeObserved;
  startupProbe?: ProbeObserved;
}

export interface ContainerPort {
  /**
   * - format: int32
   */
  containerPort: number;
  hostIP?: string;
  /**
   * - format: int32
   */
  hostPort?: number;
  name?: string;
  /**
   * @default "TCP"
   */
  protocol?: string;
}

/**
 * ContainerPort as the API server returns it: defaults are in place.
 */
export interface ContainerPortObserved extends ContainerPort {
  /**
   * @default "TCP"
   */
  protocol: string;
}

export interface ContainerResizePolicy {
  resourceName: string;
  restartPolicy: string;
}

export interface DownwardAPIProjection {
  items?: DownwardAPIVolumeFile[];
}

export interface DownwardAPIVolumeFile {
  fieldRef?: ObjectFieldSelector;
  /**
   * - format: int32
   */
  mode?: number;
  path: string;
  resourceFieldRef?: ResourceFieldSelector;
}

export interface DownwardAPIVolumeSource {
  /**
   * - format: int32
   */
  defaultMode?: number;
  items?: DownwardAPIVolumeFile[];
}

export interface EmptyDirVolumeSource {
  medium?: string;
  /**
   * - matches `^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$`
   */
  sizeLimit?: number | string;
}

export interface EnvFromSource {
  configMapRef?: ConfigMapEnvSource;
  prefix?: string;
  secretRef?: SecretEnvSource;
}

/**
 * EnvFromSource as the API server returns it: defaults are in place.
 */
export interface EnvFromSourceObserved extends EnvFromSource {
  configMapRef?: ConfigMapEnvSourceObserved;
  secretRef?: SecretEnvSourceObserved;
}

export interface EnvVar {
  name: string;
  value?: string;
  valueFrom?: EnvVarSource;
}

/**
 * EnvVar as the API server returns it: defaults are in place.
 */
export interface EnvVarObserved extends EnvVar {
  valueFrom?: EnvVarSourceObserved;
}

export interface EnvVarSource {
  configMapKeyRef?: ConfigMapKeySelector;
  fieldRef?: ObjectFieldSelector;
  resourceFieldRef?: ResourceFieldSelector;
  secretKeyRef?: SecretKeySelector;
}

/**
 * EnvVarSource as the API server returns it: defaults are in place.
 */
export interface EnvVarSourceObserved extends EnvVarSource {
  configMapKeyRef?: ConfigMapKeySelectorObserved;
  secretKeyRef?: SecretKeySelectorObserved;
}

export interface EphemeralContainer {
  args?: string[];
  command?: string[];
  /**
   * - elements differ in: name
   */
  env?: EnvVar[];
  envFrom?: EnvFromSource[];
  image?: string;
  imagePullPolicy?: string;
  lifecycle?: Lifecycle;
  livenessProbe?: Probe;
  name: string;
  /**
   * - elements differ in: containerPort, protocol
   */
  ports?: ContainerPort[];
  readinessProbe?: Probe;
  resizePolicy?: ContainerResizePolicy[];
  resources?: ResourceRequirements;
  restartPolicy?: string;
  securityContext?: SecurityContext;
  startupProbe?: Probe;
  stdin?: boolean;
  stdinOnce?: boolean;
  targetContainerName?: string;
  terminationMessagePath?: string;
  terminationMessagePolicy?: string;
  tty?: boolean;
  /**
   * - elements differ in: devicePath
   */
  volumeDevices?: VolumeDevice[];
  /**
   * - elements differ in: mountPath
   */
  volumeMounts?: VolumeMount[];
  workingDir?: string;
}

/**
 * EphemeralContainer as the API server returns it: defaults are in place.
 */
export interface EphemeralContainerObserved extends EphemeralContainer {
  /**
   * - elements differ in: name
   */
  env?: EnvVarObserved[];
  envFrom?: EnvFromSourceObserved[];
  livenessProbe?: ProbeObserved;
  /**
   * - elements differ in: containerPort, protocol
   */
  ports?: ContainerPortObserved[];
  readinessProbe?: ProbeObserved;
  startupProbe?: ProbeObserved;
}

export interface EphemeralVolumeSource {
  volumeClaimTemplate?: PersistentVolumeClaimTemplate;
}

export interface ExecAction {
  command?: string[];
}

export interface FCVolumeSource {
  fsType?: string;
  /**
   * - format: int32
   */
  lun?: number;
  readOnly?: boolean;
  targetWWNs?: string[];
  wwids?: string[];
}

export interface FlexVolumeSource {
  driver: string;
  fsType?: string;
  options?: { [name: string]: string };
  readOnly?: boolean;
  secretRef?: LocalObjectReference;
}

/**
 * FlexVolumeSource as the API server returns it: defaults are in place.
 */
export interface FlexVolumeSourceObserved extends FlexVolumeSource {
  secretRef?: LocalObjectReferenceObserved;
}

export interface FlockerVolumeSource {
  datasetName?: string;
  datasetUUID?: string;
}

export interface GCEPersistentDiskVolumeSource {
  fsType?: string;
  /**
   * - format: int32
   */
  partition?: number;
  pdName: string;
  readOnly?: boolean;
}

export interface GRPCAction {
  /**
   * - format: int32
   */
  port: number;
  /**
   * @default ""
   */
  service?: string;
}

/**
 * GRPCAction as the API server returns it: defaults are in place.
 */
export interface GRPCActionObserved extends GRPCAction {
  /**
   * @default ""
   */
  service: string;
}

export interface GitRepoVolumeSource {
  directory?: string;
  repository: string;
  revision?: string;
}

export interface GlusterfsVolumeSource {
  endpoints: string;
  path: string;
  readOnly?: boolean;
}

export interface HTTPGetAction {
  host?: string;
  httpHeaders?: HTTPHeader[];
  path?: string;
  port: number | string;
  scheme?: string;
}

export interface HTTPHeader {
  name: string;
  value: string;
}

export interface HostAlias {
  hostnames?: string[];
  ip: string;
}

export interface HostPathVolumeSource {
  path: string;
  type?: string;
}

export interface ISCSIVolumeSource {
  chapAuthDiscovery?: boolean;
  chapAuthSession?: boolean;
  fsType?: string;
  initiatorName?: string;
  iqn: string;
  /**
   * @default "default"
   */
  iscsiInterface?: string;
  /**
   * - format: int32
   */
  lun: number;
  portals?: string[];
  readOnly?: boolean;
  secretRef?: LocalObjectReference;
  targetPortal: string;
}

/**
 * ISCSIVolumeSource as the API server returns it: defaults are in place.
 */
export interface ISCSIVolumeSourceObserved extends ISCSIVolumeSource {
  /**
   * @default "default"
   */
  iscsiInterface: string;
  secretRef?: LocalObjectReferenceObserved;
}

export interface KeyToPath {
  key: string;
  /**
   * - format: int32
   */
  mode?: number;
  path: string;
}

export interface LabelSelector {
  matchExpressions?: LabelSelectorRequirement[];
  matchLabels?: { [name: string]: string };
}

export interface LabelSelectorRequirement {
  key: string;
  operator: string;
  values?: string[];
}

export interface Lifecycle {
  postStart?: LifecycleHandler;
  preStop?: LifecycleHandler;
}

export interface LifecycleHandler {
  exec?: ExecAction;
  httpGet?: HTTPGetAction;
  sleep?: SleepAction;
  tcpSocket?: TCPSocketAction;
}

export interface LocalObjectReference {
  /**
   * @default ""
   */
  name?: string;
}

/**
 * LocalObjectReference as the API server returns it: defaults are in place.
 */
export interface LocalObjectReferenceObserved extends LocalObjectReference {
  /**
   * @default ""
   */
  name: string;
}

export interface NFSVolumeSource {
  path: string;
  readOnly?: boolean;
  server: string;
}

export interface NodeAffinity {
  preferredDuringSchedulingIgnoredDuringExecution?: PreferredSchedulingTerm[];
  requiredDuringSchedulingIgnoredDuringExecution?: NodeSelector;
}

export interface NodeSelector {
  nodeSelectorTerms: NodeSelectorTerm[];
}

export interface NodeSelectorRequirement {
  key: string;
  operator: string;
  values?: string[];
}

export interface NodeSelectorTerm {
  matchExpressions?: NodeSelectorRequirement[];
  matchFields?: NodeSelectorRequirement[];
}

export interface ObjectFieldSelector {
  apiVersion?: string;
  fieldPath: string;
}

export interface PersistentVolumeClaimSpec {
  accessModes?: string[];
  dataSource?: TypedLocalObjectReference;
  dataSourceRef?: TypedObjectReference;
  resources?: VolumeResourceRequirements;
  selector?: LabelSelector;
  storageClassName?: string;
  volumeAttributesClassName?: string;
  volumeMode?: string;
  volumeName?: string;
}

export interface PersistentVolumeClaimTemplate {
  metadata?: object;
  spec: PersistentVolumeClaimSpec;
}

export interface PersistentVolumeClaimVolumeSource {
  claimName: string;
  readOnly?: boolean;
}

export interface PhotonPersistentDiskVolumeSource {
  fsType?: string;
  pdID: string;
}

export interface PodAffinity {
  preferredDuringSchedulingIgnoredDuringExecution?: WeightedPodAffinityTerm[];
  requiredDuringSchedulingIgnoredDuringExecution?: PodAffinityTerm[];
}

export interface PodAffinityTerm {
  labelSelector?: LabelSelector;
  matchLabelKeys?: string[];
  mismatchLabelKeys?: string[];
  namespaceSelector?: LabelSelector;
  namespaces?: string[];
  topologyKey: string;
}

export interface PodAntiAffinity {
  preferredDuringSchedulingIgnoredDuringExecution?: WeightedPodAffinityTerm[];
  requiredDuringSchedulingIgnoredDuringExecution?: PodAffinityTerm[];
}

export interface PodDNSConfig {
  nameservers?: string[];
  options?: PodDNSConfigOption[];
  searches?: string[];
}

export interface PodDNSConfigOption {
  name?: string;
  value?: string;
}

export interface PodOS {
  name: string;
}

export interface PodReadinessGate {
  conditionType: string;
}

export interface PodResourceClaim {
  name: string;
  resourceClaimName?: string;
  resourceClaimTemplateName?: string;
}

export interface PodSchedulingGate {
  name: string;
}

export interface PodSecurityContext {
  appArmorProfile?: AppArmorProfile;
  /**
   * - format: int64
   */
  fsGroup?: number;
  fsGroupChangePolicy?: string;
  /**
   * - format: int64
   */
  runAsGroup?: number;
  runAsNonRoot?: boolean;
  /**
   * - format: int64
   */
  runAsUser?: number;
  seLinuxOptions?: SELinuxOptions;
  seccompProfile?: SeccompProfile;
  supplementalGroups?: number[];
  supplementalGroupsPolicy?: string;
  sysctls?: Sysctl[];
  windowsOptions?: WindowsSecurityContextOptions;
}

export interface PodSpec {
  /**
   * - format: int64
   */
  activeDeadlineSeconds?: number;
  affinity?: Affinity;
  automountServiceAccountToken?: boolean;
  /**
   * - elements differ in: name
   */
  containers: Container[];
  dnsConfig?: PodDNSConfig;
  dnsPolicy?: string;
  enableServiceLinks?: boolean;
  /**
   * - elements differ in: name
   */
  ephemeralContainers?: EphemeralContainer[];
  /**
   * - elements differ in: ip
   */
  hostAliases?: HostAlias[];
  hostIPC?: boolean;
  hostNetwork?: boolean;
  hostPID?: boolean;
  hostUsers?: boolean;
  hostname?: string;
  /**
   * - elements differ in: name
   */
  imagePullSecrets?: LocalObjectReference[];
  /**
   * - elements differ in: name
   */
  initContainers?: Container[];
  nodeName?: string;
  nodeSelector?: { [name: string]: string };
  os?: PodOS;
  overhead?: { [name: string]: number | string };
  preemptionPolicy?: string;
  /**
   * - format: int32
   */
  priority?: number;
  priorityClassName?: string;
  readinessGates?: PodReadinessGate[];
  /**
   * - elements differ in: name
   */
  resourceClaims?: PodResourceClaim[];
  restartPolicy?: string;
  runtimeClassName?: string;
  schedulerName?: string;
  /**
   * - elements differ in: name
   */
  schedulingGates?: PodSchedulingGate[];
  securityContext?: PodSecurityContext;
  serviceAccount?: string;
  serviceAccountName?: string;
  setHostnameAsFQDN?: boolean;
  shareProcessNamespace?: boolean;
  subdomain?: string;
  /**
   * - format: int64
   */
  terminationGracePeriodSeconds?: number;
  tolerations?: Toleration[];
  /**
   * - elements differ in: topologyKey, whenUnsatisfiable
   */
  topologySpreadConstraints?: TopologySpreadConstraint[];
  /**
   * - elements differ in: name
   */
  volumes?: Volume[];
}

/**
 * PodSpec as the API server returns it: defaults are in place.
 */
export interface PodSpecObserved extends PodSpec {
  /**
   * - elements differ in: name
   */
  containers: ContainerObserved[];
  /**
   * - elements differ in: name
   */
  ephemeralContainers?: EphemeralContainerObserved[];
  /**
   * - elements differ in: name
   */
  imagePullSecrets?: LocalObjectReferenceObserved[];
  /**
   * - elements differ in: name
   */
  initContainers?: ContainerObserved[];
  /**
   * - elements differ in: name
   */
  volumes?: VolumeObserved[];
}

export interface PortworxVolumeSource {
  fsType?: string;
  readOnly?: boolean;
  volumeID: string;
}

export interface PreferredSchedulingTerm {
  preference: NodeSelectorTerm;
  /**
   * - format: int32
   */
  weight: number;
}

export interface Probe {
  exec?: ExecAction;
  /**
   * - format: int32
   */
  failureThreshold?: number;
  grpc?: GRPCAction;
  httpGet?: HTTPGetAction;
  /**
   * - format: int32
   */
  initialDelaySeconds?: number;
  /**
   * - format: int32
   */
  periodSeconds?: number;
  /**
   * - format: int32
   */
  successThreshold?: number;
  tcpSocket?: TCPSocketAction;
  /**
   * - format: int64
   */
  terminationGracePeriodSeconds?: number;
  /**
   * - format: int32
   */
  timeoutSeconds?: number;
}

/**
 * Probe as the API server returns it: defaults are in place.
 */
export interface ProbeObserved extends Probe {
  grpc?: GRPCActionObserved;
}

export interface ProjectedVolumeSource {
  /**
   * - format: int32
   */
  defaultMode?: number;
  sources?: VolumeProjection[];
}

/**
 * ProjectedVolumeSource as the API server returns it: defaults are in place.
 */
export interface ProjectedVolumeSourceObserved extends ProjectedVolumeSource {
  sources?: VolumeProjectionObserved[];
}

export interface QuobyteVolumeSource {
  group?: string;
  readOnly?: boolean;
  registry: string;
  tenant?: string;
  user?: string;
  volume: string;
}

export interface RBDVolumeSource {
  fsType?: string;
  image: string;
  /**
   * @default "/etc/ceph/keyring"
   */
  keyring?: string;
  monitors: string[];
  /**
   * @default "rbd"
   */
  pool?: string;
  readOnly?: boolean;
  secretRef?: LocalObjectReference;
  /**
   * @default "admin"
   */
  user?: string;
}

/**
 * RBDVolumeSource as the API server returns it: defaults are in place.
 */
export interface RBDVolumeSourceObserved extends RBDVolumeSource {
  /**
   * @default "/etc/ceph/keyring"
   */
  keyring: string;
  /**
   * @default "rbd"
   */
  pool: string;
  secretRef?: LocalObjectReferenceObserved;
  /**
   * @default "admin"
   */
  user: string;
}

export interface ResourceClaim {
  name: string;
  request?: string;
}

export interface ResourceFieldSelector {
  containerName?: string;
  /**
   * - matches `^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$`
   */
  divisor?: number | string;
  resource: string;
}

export interface ResourceRequirements {
  /**
   * - elements differ in: name
   */
  claims?: ResourceClaim[];
  limits?: { [name: string]: number | string };
  requests?: { [name: string]: number | string };
}

export interface SELinuxOptions {
  level?: string;
  role?: string;
  type?: string;
  user?: string;
}

export interface ScaleIOVolumeSource {
  /**
   * @default "xfs"
   */
  fsType?: string;
  gateway: string;
  protectionDomain?: string;
  readOnly?: boolean;
  secretRef: LocalObjectReference;
  sslEnabled?: boolean;
  /**
   * @default "ThinProvisioned"
   */
  storageMode?: string;
  storagePool?: string;
  system: string;
  volumeName?: string;
}

/**
 * ScaleIOVolumeSource as the API server returns it: defaults are in place.
 */
export interface ScaleIOVolumeSourceObserved extends ScaleIOVolumeSource {
  /**
   * @default "xfs"
   */
  fsType: string;
  secretRef: LocalObjectReferenceObserved;
  /**
   * @default "ThinProvisioned"
   */
  storageMode: string;
}

export interface SeccompProfile {
  localhostProfile?: string;
  type: string;
}

export interface SecretEnvSource {
  /**
   * @default ""
   */
  name?: string;
  optional?: boolean;
}

/**
 * SecretEnvSource as the API server returns it: defaults are in place.
 */
export interface SecretEnvSourceObserved extends SecretEnvSource {
  /**
   * @default ""
   */
  name: string;
}

export interface SecretKeySelector {
  key: string;
  /**
   * @default ""
   */
  name?: string;
  optional?: boolean;
}

/**
 * SecretKeySelector as the API server returns it: defaults are in place.
 */
export interface SecretKeySelectorObserved extends SecretKeySelector {
  /**
   * @default ""
   */
  name: string;
}

export interface SecretProjection {
  items?: KeyToPath[];
  /**
   * @default ""
   */
  name?: string;
  optional?: boolean;
}

/**
 * SecretProjection as the API server returns it: defaults are in place.
 */
export interface SecretProjectionObserved extends SecretProjection {
  /**
   * @default ""
   */
  name: string;
}

export interface SecretVolumeSource {
  /**
   * - format: int32
   */
  defaultMode?: number;
  items?: KeyToPath[];
  optional?: boolean;
  secretName?: string;
}

export interface SecurityContext {
  allowPrivilegeEscalation?: boolean;
  appArmorProfile?: AppArmorProfile;
  capabilities?: Capabilities;
  privileged?: boolean;
  procMount?: string;
  readOnlyRootFilesystem?: boolean;
  /**
   * - format: int64
   */
  runAsGroup?: number;
  runAsNonRoot?: boolean;
  /**
   * - format: int64
   */
  runAsUser?: number;
  seLinuxOptions?: SELinuxOptions;
  seccompProfile?: SeccompProfile;
  windowsOptions?: WindowsSecurityContextOptions;
}

export interface ServiceAccountTokenProjection {
  audience?: string;
  /**
   * - format: int64
   */
  expirationSeconds?: number;
  path: string;
}

export interface SleepAction {
  /**
   * - format: int64
   */
  seconds: number;
}

export interface StorageOSVolumeSource {
  fsType?: string;
  readOnly?: boolean;
  secretRef?: LocalObjectReference;
  volumeName?: string;
  volumeNamespace?: string;
}

/**
 * StorageOSVolumeSource as the API server returns it: defaults are in place.
 */
export interface StorageOSVolumeSourceObserved extends StorageOSVolumeSource {
  secretRef?: LocalObjectReferenceObserved;
}

export interface Sysctl {
  name: string;
  value: string;
}

export interface TCPSocketAction {
  host?: string;
  port: number | string;
}

export interface Toleration {
  effect?: string;
  key?: string;
  operator?: string;
  /**
   * - format: int64
   */
  tolerationSeconds?: number;
  value?: string;
}

export interface TopologySpreadConstraint {
  labelSelector?: LabelSelector;
  matchLabelKeys?: string[];
  /**
   * - format: int32
   */
  maxSkew: number;
  /**
   * - format: int32
   */
  minDomains?: number;
  nodeAffinityPolicy?: string;
  nodeTaintsPolicy?: string;
  topologyKey: string;
  whenUnsatisfiable: string;
}

export interface TypedLocalObjectReference {
  apiGroup?: string;
  kind: string;
  name: string;
}

export interface TypedObjectReference {
  apiGroup?: string;
  kind: string;
  name: string;
  namespace?: string;
}

export interface Volume {
  awsElasticBlockStore?: AWSElasticBlockStoreVolumeSource;
  azureDisk?: AzureDiskVolumeSource;
  azureFile?: AzureFileVolumeSource;
  cephfs?: CephFSVolumeSource;
  cinder?: CinderVolumeSource;
  configMap?: ConfigMapVolumeSource;
  csi?: CSIVolumeSource;
  downwardAPI?: DownwardAPIVolumeSource;
  emptyDir?: EmptyDirVolumeSource;
  ephemeral?: EphemeralVolumeSource;
  fc?: FCVolumeSource;
  flexVolume?: FlexVolumeSource;
  flocker?: FlockerVolumeSource;
  gcePersistentDisk?: GCEPersistentDiskVolumeSource;
  gitRepo?: GitRepoVolumeSource;
  glusterfs?: GlusterfsVolumeSource;
  hostPath?: HostPathVolumeSource;
  image?: VolumeImage;
  iscsi?: ISCSIVolumeSource;
  name: string;
  nfs?: NFSVolumeSource;
  persistentVolumeClaim?: PersistentVolumeClaimVolumeSource;
  photonPersistentDisk?: PhotonPersistentDiskVolumeSource;
  portworxVolume?: PortworxVolumeSource;
  projected?: ProjectedVolumeSource;
  quobyte?: QuobyteVolumeSource;
  rbd?: RBDVolumeSource;
  scaleIO?: ScaleIOVolumeSource;
  secret?: SecretVolumeSource;
  storageos?: StorageOSVolumeSource;
  vsphereVolume?: VsphereVirtualDiskVolumeSource;
}

/**
 * Volume as the API server returns it: defaults are in place.
 */
export interface VolumeObserved extends Volume {
  azureDisk?: AzureDiskVolumeSourceObserved;
  cephfs?: CephFSVolumeSourceObserved;
  cinder?: CinderVolumeSourceObserved;
  configMap?: ConfigMapVolumeSourceObserved;
  csi?: CSIVolumeSourceObserved;
  flexVolume?: FlexVolumeSourceObserved;
  iscsi?: ISCSIVolumeSourceObserved;
  projected?: ProjectedVolumeSourceObserved;
  rbd?: RBDVolumeSourceObserved;
  scaleIO?: ScaleIOVolumeSourceObserved;
  storageos?: StorageOSVolumeSourceObserved;
}

export interface VolumeDevice {
  devicePath: string;
  name: string;
}

export interface VolumeImage {
  pullPolicy?: string;
  reference?: string;
}

export interface VolumeMount {
  mountPath: string;
  mountPropagation?: string;
  name: string;
  readOnly?: boolean;
  recursiveReadOnly?: string;
  subPath?: string;
  subPathExpr?: string;
}

export interface VolumeProjection {
  clusterTrustBundle?: ClusterTrustBundleProjection;
  configMap?: ConfigMapProjection;
  downwardAPI?: DownwardAPIProjection;
  secret?: SecretProjection;
  serviceAccountToken?: ServiceAccountTokenProjection;
}

/**
 * VolumeProjection as the API server returns it: defaults are in place.
 */
export interface VolumeProjectionObserved extends VolumeProjection {
  configMap?: ConfigMapProjectionObserved;
  secret?: SecretProjectionObserved;
}

export interface VolumeResourceRequirements {
  limits?: { [name: string]: number | string };
  requests?: { [name: string]: number | string };
}

export interface VsphereVirtualDiskVolumeSource {
  fsType?: string;
  storagePolicyID?: string;
  storagePolicyName?: string;
  volumePath: string;
}

export interface WeightedPodAffinityTerm {
  podAffinityTerm: PodAffinityTerm;
  /**
   * - format: int32
   */
  weight: number;
}

export interface WindowsSecurityContextOptions {
  gmsaCredentialSpec?: string;
  gmsaCredentialSpecName?: string;
  hostProcess?: boolean;
  runAsUserName?: string;
}
