import { failure } from '../../errors/batchpointError';
import type { EnvironmentContent } from '../../registry/environments';
import { suitsPython } from '../../registry/pythonVersion';
import { condaCreate } from './condaCreate';
import { condaPython } from './condaPython';
import { supportedPython } from './basePython';

/** Where the environment lies in the image. */
const prefix = '/opt/environment';
const python = `${prefix}/bin/python`;

/** The image that brings micromamba, which installs conda packages and any Python in any Linux image. */
const micromamba = 'mambaorg/micromamba:2.0.5';

/** The Pythons that there are images of, the one that is taken where any will do first. */
const imagedPythons = ['3.12', '3.14', '3.13', '3.11', '3.10'] as const;

/** What a Dockerfile is written for. */
export interface DockerfileOptions {
  readonly name: string;
  /** Whether another Python than the one that is asked for will do. */
  readonly anyPython: boolean;
}

/**
 * The Dockerfile of an environment: its image, with all that its definition asks for, and a setting by which a host in
 * the image scores with it. Fails with `PythonVersionMissing`, `EnvironmentOfOneMachine`, `ImageInvalid`.
 */
export function dockerfileOf(
  { requirements, image }: EnvironmentContent,
  options: DockerfileOptions,
): string {
  const { name } = options;
  if (image !== undefined && !/^[\w][\w./:@-]*$/.test(image)) throw failure('ImageInvalid', { name, image });
  const { interpreter, condaPackages = [], channels = [] } = requirements ?? {};
  if (interpreter !== undefined) throw failure('EnvironmentOfOneMachine', { name, python: interpreter });
  const head = ['# syntax=docker/dockerfile:1', `# The environment '${name}'.`];
  if (requirements === undefined && image !== undefined) return `${[...head, `FROM ${image}`].join('\n')}\n`;
  const wanted = requirements?.python;
  const blocks: string[][] = [];
  if (image === undefined && condaPackages.length === 0) {
    const version = imagedPython(wanted, options);
    blocks.push([`FROM python:${version}-slim`, run(['python', '-m', 'venv', prefix])]);
  } else {
    const packages = [condaPython(wanted) ?? otherPython(wanted ?? '', options), 'pip', ...condaPackages];
    const found = channels.length === 0 ? ['conda-forge'] : channels;
    const create = run(['micromamba', ...condaCreate({ prefix, channels: found, packages })]);
    blocks.push(
      image === undefined
        ? [`FROM ${micromamba}`, 'USER root', create]
        : [
            `FROM ${image}`,
            'USER root',
            `COPY --from=${micromamba} /bin/micromamba /usr/local/bin/micromamba`,
            create,
          ],
    );
  }
  blocks.push(installed('build-requirements.txt', requirements?.buildLines));
  blocks.push(installed('requirements.txt', requirements?.lines));
  blocks.push([`ENV PATH="${prefix}/bin:$PATH"`, `ENV BATCHPOINT_PYTHON=${python}`]);
  const parts = [head, ...blocks].filter(({ length }) => length > 0);
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Copies lines for pip in, word by word, and installs them. */
function installed(file: string, lines: readonly string[] = []): string[] {
  if (lines.length === 0) return [];
  const path = `${prefix}/${file}`;
  let end = 'END';
  while (lines.includes(end)) end += '_';
  return [
    `COPY <<'${end}' ${path}`,
    ...lines,
    end,
    run([python, '-m', 'pip', 'install', '--no-cache-dir', '--no-input', '-r', path]),
  ];
}

/** A step without a shell, so that nothing in a parameter means anything to one. */
function run(parameters: readonly string[]): string {
  return `RUN ${JSON.stringify(parameters)}`;
}

function imagedPython(wanted: string | undefined, options: DockerfileOptions): string {
  // Of its releases, an image has the last one.
  const found = imagedPythons.find((version) => wanted === undefined || suitsPython(wanted, `${version}.99`));
  if (found !== undefined) return found;
  otherPython(wanted ?? '', options);
  return imagedPythons[0];
}

/** What is taken in place of a Python that cannot be had. */
function otherPython(wanted: string, { anyPython }: DockerfileOptions): string {
  if (anyPython) return `python${supportedPython}`;
  throw failure('PythonVersionMissing', {
    wanted,
    found: `images of Python ${[...imagedPythons].sort().join(', ')}`,
    install: 'ask for one of these in the definition',
  });
}
