import { at, isSet, listAt, textAt, valueAt } from "../rule/place.ts";
import { all, eachOf, fields, lazily, since, type Rule } from "../rule/rule.ts";
import { unique } from "../rule/union.ts";
import { isSubdomain, sysctlName } from "../value/names.ts";
import { linuxId } from "../value/numbers.ts";
import { descendingPath } from "../value/paths.ts";
import { formed, oneOf, textThat } from "../value/text.ts";

/*
 * Security contexts of pods and containers.
 *
 * Source: ValidateSecurityContext, validatePodSpecSecurityContext and what they call in
 * k8s.io/kubernetes/pkg/apis/core/validation, and https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
 */

const profileTypes = ["Localhost", "RuntimeDefault", "Unconfined"];

/** A profile on the node is named where the type says that there is one, and only there. */
const profileIsNamed: Rule = (place, { report }) => {
  const { value } = place;
  const isLocal = textAt(value, "type") === "Localhost";
  const profile = valueAt(value, "localhostProfile");
  const inProfile = at(place, "localhostProfile");
  if (isLocal && !isSet(value, "localhostProfile"))
    report(
      inProfile,
      "profile-missing",
      "no profile is named, and the type is Localhost",
      "name the profile",
    );
  if (!isLocal && profile !== undefined)
    report(
      inProfile,
      "profile-unexpected",
      "a profile is named, and the type is not Localhost",
      "take it out",
    );
};

const seccompProfile: Rule = lazily(() =>
  all(fields({ type: oneOf(profileTypes), localhostProfile: descendingPath }, "type"), profileIsNamed),
);
const appArmorProfile: Rule = lazily(() =>
  all(
    fields(
      {
        type: oneOf(profileTypes),
        localhostProfile: textThat(
          (text) => text.trim() === text && text.length <= 4095,
          "text-malformed",
          "is not a name of a profile",
          "write it without space around it, of 4,095 characters at most",
        ),
      },
      "type",
    ),
    profileIsNamed,
  ),
);

const domain = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/;
const hostLabel = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
const dnsName = new RegExp(`^${hostLabel}(?:\\.${hostLabel})*$`);

function isWindowsUser(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- those are what is refused
  if (/[\u0000-\u001f\u007f]/.test(text)) return false;
  const parts = text.split("\\");
  const user = parts.at(-1) ?? "";
  if (parts.length > 2 || user.length === 0 || user.length > 104) return false;
  if (/^[. ]+$/.test(user) || /["/\\:;|=,+*?<>@[\]]/.test(user)) return false;
  const [before = ""] = parts;
  return parts.length === 1 || (before.length < 256 && (domain.test(before) || dnsName.test(before)));
}

const windowsOptions: Rule = lazily(() =>
  fields({
    gmsaCredentialSpecName: isSubdomain,
    gmsaCredentialSpec: textThat(
      (text) => text.length > 0 && text.length <= 65_536,
      "text-malformed",
      "is not a credential spec",
      "write one of 64 KiB at most",
    ),
    runAsUserName: textThat(
      isWindowsUser,
      "text-malformed",
      "is not a name of a user on Windows",
      'write it as "user" or "domain\\user"',
    ),
  }),
);

const sharedContext = {
  runAsUser: linuxId,
  runAsGroup: linuxId,
  seccompProfile,
  appArmorProfile,
  windowsOptions,
};

/** Privileges must not be both given and ruled out. */
const consistentPrivileges: Rule = (place, { report }) => {
  const { value } = place;
  if (valueAt(value, "allowPrivilegeEscalation") !== false) return;
  const fix = "take one of the two out";
  if (valueAt(value, "privileged") === true)
    report(
      at(place, "allowPrivilegeEscalation"),
      "privileges-conflict",
      "a privileged container escalates its privileges",
      fix,
    );
  if (listAt(valueAt(value, "capabilities"), "add").includes("CAP_SYS_ADMIN"))
    report(
      at(place, "allowPrivilegeEscalation"),
      "privileges-conflict",
      "CAP_SYS_ADMIN lets it escalate its privileges",
      fix,
    );
};

/** The security context of a container. */
export const containerSecurity: Rule = all(
  fields({ ...sharedContext, procMount: since(33, oneOf(["Default", "Unmasked"])) }),
  consistentPrivileges,
);

/** The security context of a pod. */
export const podSecurity: Rule = fields({
  ...sharedContext,
  fsGroup: linuxId,
  supplementalGroups: eachOf(linuxId),
  sysctls: all(
    eachOf(fields({ name: formed(sysctlName) }, "name")),
    unique("list-key-repeated", (sysctl) => textAt(sysctl, "name"), "the sysctl"),
  ),
  fsGroupChangePolicy: oneOf(["OnRootMismatch", "Always"]),
  supplementalGroupsPolicy: since(33, oneOf(["Merge", "Strict"])),
  seLinuxChangePolicy: since(33, oneOf(["Recursive", "MountOption"])),
});
