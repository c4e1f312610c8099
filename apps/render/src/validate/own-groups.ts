import type { Resource } from "@atlas/compose";

/** Most objects are of Kubernetes itself or of Istio; only another may be one of ours. */
export const mayBeOurs = ({ apiVersion }: Resource): boolean => {
  const [group = "", version] = apiVersion.split("/");
  return (
    version !== undefined && group.includes(".") && !group.endsWith(".k8s.io") && !group.endsWith(".istio.io")
  );
};
