import { strictMtls } from "@atlas/istio";
import { operator } from "../../operator.ts";

export const peerAuthentication = strictMtls(operator, { version: "v1beta1" });
