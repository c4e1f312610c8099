/** What brings rendered objects from a repository into clusters. */
export type GitOpsTool = "argocd" | "flux";
