import { fields, type Rule } from "../rule/rule.ts";
import { driverName } from "../volume/volume-source.ts";
import { isLabel } from "../value/names.ts";
import { deviceTaint, poolName } from "./slice.ts";

/**
 * What keeps claims from devices that somebody else than their driver chooses.
 *
 * Source: validateDeviceTaintRuleSpec in k8s.io/kubernetes/pkg/apis/resource/validation.
 */
export const deviceTaintRule: Rule = fields(
  {
    spec: fields(
      {
        deviceSelector: fields({ driver: driverName, pool: poolName, device: isLabel }),
        taint: deviceTaint,
      },
      "taint",
    ),
  },
  "spec",
);
