import { chownSync, existsSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { userInfo } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { execa, execaSync } from "execa";
import { commandPath } from "../workspace/commands.ts";
import { freePort } from "../workspace/free-port.ts";
import { runFolder } from "../control-plane/control-plane-folder.ts";

/** A PostgreSQL server and who one is to it. */
export interface DatabaseLogin {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/** A server that can be asked. */
export interface Database extends DatabaseLogin {
  /**
   * Runs SQL in one of its databases and returns a line for each row.
   *
   * @throws Error with what the server says.
   */
  readonly query: (database: string, sql: string) => Promise<readonly string[]>;
}

/** One that was started here. */
export interface OwnDatabase extends Database {
  /** The same server for someone else, or somewhere else. */
  readonly as: (login: DatabaseLogin) => Database;
  readonly stop: () => Promise<void>;
}

/** The URL of a database in a server, as Atlas takes it: of its schema `public` alone, without TLS. */
export function schemaUrl({ host, port, user, password }: DatabaseLogin, name: string): string {
  const login = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  return `postgres://${login}@${host}:${port}/${name}?sslmode=disable&search_path=public`;
}

/** The names of the tables in the schema `public` of a database. */
export const tablesIn = (database: Database, name: string): Promise<readonly string[]> =>
  database.query(name, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1");

/**
 * Starts PostgreSQL on a free port of loopback, where only the password opens it (SCRAM-SHA-256). As root it runs as the
 * user postgres, since it refuses to run as root.
 *
 * @throws Error that says what to install, or what the server printed.
 */
export async function startDatabase(): Promise<OwnDatabase> {
  const binaries = postgresBinaries();
  const { path: folder, remove } = runFolder();
  const login = { host: "127.0.0.1", port: await freePort(), user: "admin", password: "a pass/word: ü?" };
  const account = serverAccount();
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
  const data = join(folder, "data");
  const options = { ...account, cwd: folder, env: { LC_ALL: "C.UTF-8" } };
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, login.password, { mode: 0o644 });
  const initdb = ["--pgdata", data, "--username", login.user, "--pwfile", passwordFile];
  await execa(
    join(binaries, "initdb"),
    [...initdb, "--auth=scram-sha-256", "--encoding=UTF8", "--no-sync"],
    options,
  );
  const settings = {
    listen_addresses: login.host,
    port: login.port,
    unix_socket_directories: "",
    fsync: "off",
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const server = execa(join(binaries, "postgres"), ["-D", data, ...flags], { ...options, reject: false });
  const stop = async (): Promise<void> => {
    // Fast shutdown: the clients are not waited for.
    server.kill("SIGINT");
    await server;
    remove();
  };
  const as = (other: DatabaseLogin): Database => ({
    ...other,
    query: (name, sql) => psql(join(binaries, "psql"), other, name, sql),
  });
  const database = { ...as(login), as, stop };
  const ended = server.then(({ stderr }) => Promise.reject(new Error(`PostgreSQL ended: ${stderr}`)));
  await Promise.race([untilAnswering(database), ended]).catch(async (error) => {
    await stop();
    throw error;
  });
  // It ends when it is stopped.
  ended.catch(() => {});
  return database;
}

/** Runs SQL with the client that belongs to the server. */
async function psql(
  command: string,
  { host, port, user, password }: DatabaseLogin,
  database: string,
  sql: string,
): Promise<readonly string[]> {
  const where = ["--host", host, "--port", `${port}`, "--username", user, "--dbname", database];
  const how = ["--no-psqlrc", "--no-align", "--tuples-only", "--quiet", "--set=ON_ERROR_STOP=1"];
  const env = { PGPASSWORD: password, PGCONNECT_TIMEOUT: "10" };
  const { stdout } = await execa(command, [...where, ...how, "--command", sql], { env });
  return stdout.split("\n").filter(Boolean);
}

/**
 * Waits until a server takes SQL.
 *
 * @throws Error with its last answer, after half a minute.
 */
export async function untilAnswering({ query }: Database): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await query("postgres", "SELECT 1");
      return;
    } catch (error) {
      if (tries === 150) throw error;
      await sleep(200);
    }
  }
}

/** The folder with initdb, postgres and psql: that of the PATH, else the newest of Debian's. */
function postgresBinaries(): string {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : [];
  const initdb = commandPath("initdb");
  const folders = [
    ...(initdb ? [dirname(initdb)] : []),
    ...versions.map((version) => join(debian, version, "bin")),
  ];
  const complete = folders.find((folder) =>
    ["initdb", "postgres", "psql"].every((name) => commandPath(name, [folder])),
  );
  if (complete !== undefined) return complete;
  throw new Error(
    "PostgreSQL's initdb, postgres and psql are neither on the PATH nor below /usr/lib/postgresql\n" +
      "  fix: install PostgreSQL (Debian and Ubuntu: apt-get install postgresql; macOS: brew install postgresql)",
  );
}

/** Whom the server runs as: the package's own user where this process is root. */
function serverAccount(): { uid: number; gid: number } | undefined {
  return userInfo().uid === 0 ? { uid: postgresId("-u"), gid: postgresId("-g") } : undefined;
}

const postgresId = (flag: "-u" | "-g"): number => Number(execaSync("id", [flag, "postgres"]).stdout);
