import { Document, Scalar, visit } from "yaml";

/**
 * Plain data as a YAML document, without aliases. `<<` is a field like any other there, and quoted: what stands under a
 * plain one, readers merge.
 */
export function yamlDocument(value: unknown, version: "1.1" | "1.2"): Document {
  const document = new Document(value, {
    aliasDuplicateObjects: false,
    version,
    // Version 1.1 has the merge key among its tags, and would write it for such a field.
    customTags: (tags) => tags.filter((tag) => typeof tag === "string" || !tag.tag.endsWith(":merge")),
  });
  visit(document, {
    Scalar(_key, node) {
      if (node.value === "<<") node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document;
}
