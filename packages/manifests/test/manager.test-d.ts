import { overlay, patch } from "@atlas/compose";
import { base, operator } from "@atlas/manifests";
import { deployment } from "@atlas/manifests/base";
import { managerArgs, managerEnv, type FlagOf, type VariableOf } from "@atlas/manifests/manager";

// A release of its own: the image record goes with time.
const older = { ...operator.image, version: "v0.7.11" } as const;
const newer = { ...operator.image, version: "v0.7.37" } as const;
const mirrored = { version: "0.7.36" } as const;
declare const later: string;
const announced = { version: "v0.8.0" } as const;

// What the release has.
managerArgs(older, { "leader-elect": true, "zap-log-level": "error" });
managerArgs(newer, {
  "leader-elect": true,
  namespace: "shop,billing",
  "leader-election-id": "shop.atlasgo.io",
});
managerArgs(mirrored, { "label-selector": "tier=gold" });
managerEnv(older, { PREWARM_DEVDB: false, SKIP_VERCHECK: true });
managerEnv(newer, { DATA_DIR: "/data" });

// @ts-expect-error a flag that came later
managerArgs(older, { "leader-elect": true, namespace: "shop" });
// @ts-expect-error a flag that came later, beside none that is known
managerArgs({ version: "v0.7.36-rc.1" }, { namespace: "shop" });
// @ts-expect-error a misspelt flag
managerArgs(newer, { "leader-elected": true });
// @ts-expect-error a variable that came later
managerEnv(older, { DATA_DIR: "/data" });
// @ts-expect-error a variable that went
managerEnv({ version: "v0.2.0" }, { EXPERIMENTAL: "1" });
// @ts-expect-error a value that switches on what it seems to switch off
managerEnv(older, { SKIP_VERCHECK: false });
// @ts-expect-error a licence is accepted with Y
managerEnv(older, { MSSQL_ACCEPT_EULA: "yes" });
managerEnv({ version: "v0.1.9" }, { EXPERIMENTAL: "1" });

// Nothing is known of a version that is later than the table, or not known to the compiler.
managerArgs(announced, { "new-flag": "a" });
managerArgs({ version: later }, { "new-flag": "a" });
managerEnv({ version: "latest" }, { NEW_VARIABLE: "a" });

type Is<A, B> = [A, B] extends [B, A] ? true : false;
true satisfies Is<"DATA_DIR" extends VariableOf<"v0.7.29"> ? true : false, true>;
true satisfies Is<"DATA_DIR" extends VariableOf<"v0.7.28"> ? true : false, false>;
true satisfies Is<"namespace" extends FlagOf<"v0.10.0"> ? true : false, true>;
true satisfies Is<"metrics-secure" extends FlagOf<"v0.4.10"> ? true : false, true>;
true satisfies Is<"metrics-secure" extends FlagOf<"v0.4.3"> ? true : false, false>;

// Both stand where a patch has them.
overlay({
  base,
  patches: [
    patch(deployment, {
      spec: {
        template: {
          spec: {
            containers: {
              manager: {
                args: managerArgs(newer, { "leader-elect": true, namespace: "shop" }),
                env: { $add: managerEnv(newer, { PREWARM_DEVDB: false }) },
              },
            },
          },
        },
      },
    }),
  ],
  images: [newer],
});

// A version that the compiler does not know takes any variable, and those that are named with what they may hold.
const someday: { readonly version: string } = operator.image;
managerEnv(someday, { PREWARM_DEVDB: false, ANYTHING: "else" });
// @ts-expect-error -- any value switches the check off
managerEnv(someday, { SKIP_VERCHECK: false });
