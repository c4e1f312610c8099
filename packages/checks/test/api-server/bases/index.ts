import { access } from "./access.ts";
import { extensions } from "./extensions.ts";
import { network } from "./network.ts";
import { objects } from "./objects.ts";
import { policy } from "./policy.ts";
import { storages } from "./storage.ts";
import { workloads } from "./workloads.ts";

/** Objects that API servers accept that serve their kinds, of every kind that can be created without others, by name. */
export const bases: Readonly<Record<string, object>> = {
  ...workloads,
  ...network,
  ...access,
  ...policy,
  ...storages,
  ...objects,
  ...extensions,
};

/** The version of Kubernetes whose API server was asked. */
export const version = "1.34";
