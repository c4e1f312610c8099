/** Something that the user can mend. Ends with exit code 2. */
export class InputError extends Error {}
