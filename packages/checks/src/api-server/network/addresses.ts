import { plainText } from "../../objects/text.ts";
import { listAt } from "../rule/place.ts";
import { all, eachOf, fields, type Rule } from "../rule/rule.ts";
import { addressBlock, isPlainBlock } from "../value/address.ts";
import { isPathSegment, isSubdomainOrEmpty, pathSegment } from "../value/names.ts";
import { formedOrEmpty } from "../value/text.ts";

/*
 * The addresses of Services: IPAddresses and ServiceCIDRs.
 *
 * Source: ValidateIPAddress and ValidateServiceCIDR in k8s.io/kubernetes/pkg/apis/networking/validation, and
 * https://kubernetes.io/docs/reference/networking/virtual-ips/
 */

export const ipAddress: Rule = fields(
  {
    spec: fields(
      {
        parentRef: fields(
          {
            group: isSubdomainOrEmpty,
            resource: isPathSegment,
            name: isPathSegment,
            namespace: formedOrEmpty(pathSegment),
          },
          "resource",
          "name",
        ),
      },
      "parentRef",
    ),
  },
  "spec",
);

const cidrs: Rule = all(eachOf(isPlainBlock), (place, { report }) => {
  const list = listAt({ cidrs: place.value }, "cidrs").map(plainText);
  const families = list.flatMap((text) => addressBlock(text)?.bytes.length ?? []);
  if (list.length > 2 || (families.length === 2 && families[0] === families[1]))
    report(place, "list-too-long", "there is one block of each family at most", "take some out");
});

export const serviceCidr: Rule = fields({ spec: fields({ cidrs }, "cidrs") }, "spec");
