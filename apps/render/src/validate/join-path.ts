/** `spec.ports` and `0` as `spec.ports[0]`. */
export const joinPath = (path: string, step: string): string =>
  /^\d+$/.test(step) ? `${path}[${step}]` : path ? `${path}.${step}` : step;
