/** Says something to the person: stdout is for data. */
export const note = (text: string): void => void process.stderr.write(`${text}\n`);
