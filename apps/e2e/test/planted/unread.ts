/** A target that reads nothing with code of ours, so that its run proves nothing. */
export const fuzz: (data: Buffer) => string = String;
