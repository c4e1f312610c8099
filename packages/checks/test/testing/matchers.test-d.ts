import { snapshotOf } from "@atlas/checks/testing";
import { expect } from "vitest";

const objects = [{ apiVersion: "v1", kind: "Pod", metadata: { name: "web" } }];

expect(snapshotOf(objects).findings satisfies readonly string[]).toMatchSnapshot();
expect(objects).toReach("web", "db:5432");
expect(objects).not.toReach("web", "db:53", { protocol: "UDP" });
expect(objects).toAdmit();
expect(objects).toAdmit("web");
expect(objects).toAllow("web", "get", "secrets", { namespace: "shop", name: "a" });

// @ts-expect-error a destination is one text
expect(objects).toReach("web", "db", 5432);
// @ts-expect-error there is no such protocol
expect(objects).toReach("web", "db:53", { protocol: "ICMP" });
// @ts-expect-error a workload goes by its name
expect(objects).toAdmit(objects[0]);
// @ts-expect-error a permission is one for a resource
expect(objects).toAllow("web", "get");
// @ts-expect-error an object has a name, not several
expect(objects).toAllow("web", "get", "secrets", { names: ["a"] });
// @ts-expect-error a layer is none of the objects that it renders
snapshotOf({ resources: objects });
