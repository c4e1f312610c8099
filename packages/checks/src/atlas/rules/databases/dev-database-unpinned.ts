import { found, type Rule } from "../../../findings/rule.ts";
import { imageOf } from "../../../objects/image.ts";
import { at, elements, nodeOf, textAt } from "../../../objects/node.ts";
import { resourcesIn } from "../../target.ts";
import { devDatabasesIn } from "../../dev-databases.ts";

export const devDatabaseUnpinned: Rule = {
  code: "dev-database-unpinned",
  severity: "warning",
  why: "The operator starts its dev databases from images of Docker Hub by the tag latest: what a change is planned on is not what it runs on, and a cluster that pulls from its own registry alone starts none.",
  fix: "state a devURL, or a devDB with an image of the target's version beside it",
  link: "https://atlasgo.io/concepts/dev-database",
  find: (world) => [
    ...devDatabasesIn(world).map(({ node, image }) =>
      found(node, `its dev database is started from ${image}`),
    ),
    ...resourcesIn(world)
      .flatMap((resource) => elements(at(nodeOf(resource), "spec", "devDB", "spec", "containers")))
      .flatMap((container) => {
        const image = imageOf(container);
        if (image === undefined || image.digest !== undefined || !["latest", undefined].includes(image.tag))
          return [];
        const fix = "state the target's version as its tag";
        return [found(image.node, `the dev database is started from ${textAt(image.node) ?? ""}`, { fix })];
      }),
  ],
};
