import { afterAll, beforeAll, expect, test } from "vitest";
import { startDatabase, tablesIn, type OwnDatabase } from "../../src/operator/database.ts";

let database: OwnDatabase;
beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database.stop());

test("PostgreSQL runs SQL for whoever has the password, and says what is wrong with it", async () => {
  await database.query("postgres", "CREATE TABLE orders (id int)");
  expect(await tablesIn(database, "postgres")).toEqual(["orders"]);
  await expect(database.query("postgres", "CREATE TABEL a ()")).rejects.toThrow(
    /syntax error at or near "TABEL"/,
  );
});
