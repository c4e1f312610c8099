/** Something that the user can fix. Ends with exit code 2. */
export class InputError extends Error {}
