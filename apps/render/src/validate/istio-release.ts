/** The release of Istio whose CustomResourceDefinitions objects are held against. */
export const istioRelease = "1.31.4";
