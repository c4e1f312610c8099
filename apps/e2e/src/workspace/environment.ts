/**
 * This process's variables without those by which git, Nx, npm, pnpm and vitest speak to the commands that they start:
 * these would lead a command that a test starts elsewhere back to this workspace, its settings and its registry.
 */
export function environment(): NodeJS.ProcessEnv {
  const own = /^(?:npm_|pnpm_|NX_|GIT_|VITEST|NODE_ENV|NODE_OPTIONS|NODE_PATH|INIT_CWD|FORCE_COLOR)/i;
  const inherited = Object.entries(process.env).filter(([name]) => !own.test(name));
  return { ...Object.fromEntries(inherited), NO_COLOR: "1" };
}
