/** What the manager calls the lease by which its replicas elect their leader. */
const lease = "5220c287.atlasgo.io";

/** The lease of an operator, or of one of several in a cluster by its name. */
export const leaseOf = (instance?: string): string =>
  instance === undefined ? lease : `${instance}.${lease}`;
