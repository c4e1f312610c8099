/** Says something to the person: stdout is for data. */
export const noteToUser = (text: string): void => void process.stderr.write(`${text}\n`);
