export { customConfig } from "./custom-config.ts";
export { instance, type InstanceSettings } from "./instance.ts";
export { leastPrivilege } from "./least-privilege.ts";
export { persistence, type PersistenceSettings } from "./persistence.ts";
export { privateRegistry, type Registry } from "./private-registry.ts";
export { proxy, type ProxySettings } from "./proxy.ts";
export { resources, type ResourceSettings } from "./resources.ts";
export { rolesForPeople } from "./roles-for-people.ts";
export { scope, type ScopeSettings } from "./scope.ts";
