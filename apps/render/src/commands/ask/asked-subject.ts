import { environmentSubjects } from "../check/environment-subjects.ts";
import { manifestSubject } from "../check/manifest-subject.ts";
import type { Subject } from "../check/subject.ts";

/** One environment, and with it what else is in its cluster, as manifests say. */
export async function askedSubject(
  environment: string,
  files: readonly string[],
  folder: string | undefined,
): Promise<Subject> {
  for await (const subject of environmentSubjects([environment], folder)) {
    if (files.length === 0) return subject;
    const beside = manifestSubject(files);
    return {
      ...subject,
      objects: [...subject.objects, ...beside.objects],
      placesOf: (values) => {
        const own = subject.placesOf(values);
        return beside.placesOf(values).map((place, index) => place ?? own[index]);
      },
    };
  }
  throw new Error(`${environment} was not rendered`);
}
