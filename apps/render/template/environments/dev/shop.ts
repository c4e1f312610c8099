import { secretKey, type AtlasSchema } from "@atlas/crd-types";

/** An example: the schema of a database whose URL is the key `url` of the Secret `shop-database`. */
export const shop: AtlasSchema = {
  apiVersion: "db.atlasgo.io/v1alpha1",
  kind: "AtlasSchema",
  metadata: { name: "shop" },
  spec: {
    urlFrom: secretKey("shop-database", "url"),
    schema: { sql: "CREATE TABLE orders (id int NOT NULL, PRIMARY KEY (id));" },
  },
};
