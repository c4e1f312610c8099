/** The option that says where the environments are. */
export const environmentsOption = {
  type: "string",
  value: "DIR",
  about: "take the overlay folders in DIR; else those that package.json names, or @atlas/manifests has",
} as const;

/** How findings can be written. */
export const ofFindings = ["text", "json", "sarif", "github"] as const;
