/** The repository of an image reference: no tag, no digest. The colon of a registry's port stays. */
export function repositoryOf(reference: string): string {
  return before(":", before("@", reference));
}

function before(mark: string, reference: string): string {
  const at = reference.lastIndexOf(mark);
  return at > reference.lastIndexOf("/") ? reference.slice(0, at) : reference;
}
