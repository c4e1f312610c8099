import { found, type Rule } from "../../findings/rule.ts";
import { at, elements, textAt } from "../../objects/node.ts";
import { containersOf } from "../../objects/pod.ts";

export const mountPathRelative: Rule = {
  code: "mount-path-relative",
  severity: "warning",
  why: "A path within a container begins at its root: of one that does not, some runtimes make one that does, and others refuse to start the container.",
  fix: "begin it with a slash",
  link: "https://kubernetes.io/docs/concepts/storage/volumes/",
  find: (world) =>
    world.pods
      .filter(({ spec }) => textAt(at(spec, "os", "name")) !== "windows")
      .flatMap((pod) =>
        containersOf(pod)
          .flatMap((container) => elements(at(container, "volumeMounts")))
          .map((mount) => at(mount, "mountPath"))
          .flatMap((path) => {
            const text = textAt(path) ?? "";
            // Of Windows, paths begin with a drive.
            if (text === "" || text.startsWith("/") || /^[A-Za-z]:|^\\/.test(text)) return [];
            return [
              found(path, `${JSON.stringify(text)} is not an absolute path`, {
                fix: `write "/${text.replace(/^\.\//, "")}"`,
              }),
            ];
          }),
      ),
};
