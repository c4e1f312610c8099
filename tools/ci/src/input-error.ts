/** Something that the user can fix. Ends with exit code 2. */
export class UnusableInput extends Error {}
