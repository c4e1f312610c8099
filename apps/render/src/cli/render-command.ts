import { knownVersions } from "@atlas/compose";
import { InputError } from "@atlas/input";
import { render } from "../commands/render.ts";
import { command, refuseEmpty, type Command } from "./command.ts";
import { contradiction } from "./refused-options.ts";
import { environmentsOption, ofFindings } from "./shared-options.ts";

const ofManifests = ["yaml", "json"] as const;

/** The one command that is loaded with the program: it is what a cold start is for. */
export const renderCommand: Command = command(
  {
    name: "render",
    alias: "build",
    takes: "[ENVIRONMENT...]",
    about: "write the objects of environments; without a name, of all",
    details:
      "A fleet is rendered by the name of its folder, one environment of it by <fleet>/<name>, and each by the path of its\nfolder.",
    options: {
      output: {
        type: "string",
        short: "o",
        value: "DIR|-",
        about: "write DIR/<environment>/ (default: dist/manifests); - writes one stream to stdout",
      },
      format: { type: "string", choices: ofManifests, about: "the format of the files" },
      "kubernetes-version": {
        type: "string",
        value: "V",
        words: knownVersions,
        about: "refuse what Kubernetes V (1.31 to 1.37) does not have, whatever version layers state",
      },
      validate: {
        type: "boolean",
        about: "hold every object against its schema and the API server's rules, as is done without it",
      },
      "no-validate": { type: "boolean", excludes: ["validate", "strict"], about: "leave that out" },
      strict: {
        type: "boolean",
        about: "refuse what is a warning otherwise, as objects of kinds of which no schema is known",
      },
      check: {
        type: "boolean",
        about: "write nothing; list the files that are stale, and end with 1 when there is any",
      },
      findings: {
        type: "string",
        choices: ofFindings,
        about: "how what is wrong is written: for a person, or on stdout as check --format has it",
      },
      environments: environmentsOption,
    },
    examples: ["render dev", "render dev --output - | kubectl diff -f -", "render --check"],
  },
  ({ values, positionals }) => {
    const { output, environments: folder, check = false, format, findings } = values;
    const validate = values.strict ? "strict" : values["no-validate"] ? "none" : "known";
    refuseEmpty({ output, environments: folder });
    if (check && output === "-") throw checkOfStream();
    if (findings !== "text" && (check || output === "-"))
      throw new InputError([contradiction("--findings", check ? "--check" : "--output -")]);
    return () =>
      render({
        names: positionals,
        output,
        format,
        validate,
        kubernetesVersion: values["kubernetes-version"],
        check,
        environments: folder,
        findings,
      });
  },
);

function checkOfStream(): InputError {
  return new InputError([
    {
      code: "usage-wrong",
      what: "--check compares with files, and --output - has none",
      expected: "a folder",
      fix: "leave --output out, or name the folder that was rendered into",
    },
  ]);
}
