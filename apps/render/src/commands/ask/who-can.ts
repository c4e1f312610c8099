import { whoCan as answer, type Permitted, type WhoCan } from "@atlas/checks";
import { toJson } from "@atlas/compose/yaml";
import { InputError } from "@atlas/input";
import type { Subject } from "../check/subject.ts";
import { askedFor, askedNamespace, subjectText, type Asked } from "./asked-resource.ts";
import { askedSubject } from "./asked-subject.ts";
import { reasonLines, reasonRecords } from "../check/reasons.ts";

/** What `atlas-render who-can` is asked for. */
export interface WhoCanRequest {
  readonly environment: string;
  readonly verb: string;
  /** A resource as `secrets`, `deployments.apps` or `pods/log`, or a path as `/metrics`. */
  readonly resource: string;
  /** Where; undefined for any. */
  readonly namespace: string | undefined;
  /** The object; undefined for any. */
  readonly name: string | undefined;
  /** Manifests of what else is in the cluster. */
  readonly files: readonly string[];
  readonly format: "text" | "json";
  readonly environments: string | undefined;
}

/**
 * Who may do something in an environment, each with the binding, the role and the rule that let them.
 *
 * @throws {InputError} for a verb, a resource, a subresource or a namespace that there is not.
 */
export async function whoCanCommand(request: WhoCanRequest): Promise<string> {
  const { environment, files, environments, namespace, name } = request;
  const subject = await askedSubject(environment, files, environments);
  const asked = askedFor(subject.objects, request.verb, request.resource);
  if ("path" in asked && (namespace !== undefined || name !== undefined)) throw pathIsNowhere(asked.path);
  const found = answer(subject.objects, {
    ...asked,
    ...(namespace !== undefined && { namespace: askedNamespace(subject.objects, namespace) }),
    ...(name !== undefined && { name }),
  });
  return request.format === "json"
    ? jsonOf(subject, found, { ...asked, namespace, name })
    : whoCanText(subject, found, asked);
}

const pathIsNowhere = (path: string): InputError =>
  new InputError([
    {
      code: "option-unused",
      what: `${path} is no resource: it lies in no namespace, and has no objects with names`,
      expected: "a path alone, or a resource",
      fix: "leave --namespace and --name out",
    },
  ]);

function whoCanText(subject: Subject, { permitted, unknown }: WhoCan, asked: Asked): string {
  const what = `${asked.verb} ${"path" in asked ? asked.path : requestText(asked)}`;
  const blocks = permitted.flatMap((each) => [whoCanHead(each), ...reasonLines(subject, each.because)]);
  return [
    ...(permitted.length === 0 ? [`nobody can ${what}, as far as the objects say`] : blocks),
    ...(unknown.length > 0 ? ["not known:", ...reasonLines(subject, unknown)] : []),
    "",
  ].join("\n");
}

const requestText = ({ group, resource }: Extract<Asked, { resource: string }>): string => {
  const [name, ...sub] = resource.split("/");
  return [[name, group].filter(Boolean).join("."), ...sub].join("/");
};

function whoCanHead({ subject, namespace, names, members }: Permitted): string {
  const where = namespace === undefined ? "everywhere" : `in the namespace ${namespace}`;
  const which = names === undefined ? [] : [`only ${names.join(", ")}`];
  const who =
    members === undefined || members.length === 0
      ? []
      : [`among them ${members.map(subjectText).join(", ")}`];
  return `${[subjectText(subject), ...who].join(", ")}: ${[where, ...which].join(", ")}`;
}

function jsonOf(subject: Subject, { permitted, unknown }: WhoCan, asked: object): string {
  const record = {
    environment: subject.name,
    asked,
    permitted: permitted.map((each) => ({ ...each, because: reasonRecords(subject, each.because) })),
    unknown: reasonRecords(subject, unknown),
  };
  return `${toJson(record, 2)}\n`;
}
