/** Whether a value is the number of a port. */
export const isPort = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 65_535;

/** What a port is, as a message says it. */
export const portRange = "a whole number from 1 to 65535";
