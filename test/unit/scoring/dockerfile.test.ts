import { readEnvironment } from '../../../shared/registry/environments';
import { dockerfileOf } from '../../../shared/scoring/installing/dockerfile';

type Definition = Parameters<typeof readEnvironment>[1];

const dockerfile = (definition: Definition, anyPython = false): string =>
  dockerfileOf(readEnvironment('env', definition), { name: 'env', anyPython });

const pip = (file: string): string =>
  `RUN ["/opt/environment/bin/python","-m","pip","install","--no-cache-dir","--no-input","-r","/opt/environment/${file}"]`;

const settings = `ENV PATH="/opt/environment/bin:$PATH"
ENV BATCHPOINT_PYTHON=/opt/environment/bin/python
`;

describe('the Dockerfile of an environment', () => {
  test('begins with an image of its Python, and installs what others are built with first', () => {
    const pythonEnvFile =
      'python: 3.11.7\nbuild_dependencies: [setuptools]\ndependencies: ["-r requirements.txt"]';
    const requirementsFile =
      'pandas==2.2.0 ; python_version < "4"\n--extra-index-url https://example.com/$simple\n';
    expect(dockerfile({ pythonEnvFile, requirementsFile })).toBe(`# syntax=docker/dockerfile:1
# The environment 'env'.

FROM python:3.11-slim
RUN ["python","-m","venv","/opt/environment"]

COPY <<'END' /opt/environment/build-requirements.txt
setuptools
END
${pip('build-requirements.txt')}

COPY <<'END' /opt/environment/requirements.txt
pandas==2.2.0 ; python_version < "4"
--extra-index-url https://example.com/$simple
END
${pip('requirements.txt')}

${settings}`);
  });

  test('installs conda packages by micromamba, then those of pip', () => {
    const condaFile =
      'channels: [pytorch, nodefaults]\ndependencies: [python=3.10, pip, "numpy>=1.26", {pip: [iniconfig]}]';
    expect(dockerfile({ condaFile })).toBe(`# syntax=docker/dockerfile:1
# The environment 'env'.

FROM mambaorg/micromamba:2.0.5
USER root
RUN ["micromamba","create","--yes","--prefix","/opt/environment","--override-channels","--channel","pytorch","python=3.10","pip","numpy>=1.26"]

COPY <<'END' /opt/environment/requirements.txt
iniconfig
END
${pip('requirements.txt')}

${settings}`);
  });

  test('keeps to the image that it has, and brings the Python there', () => {
    expect(dockerfile({ image: 'example.com/base:1', condaFile: 'dependencies: [python=3.11]' }))
      .toBe(`# syntax=docker/dockerfile:1
# The environment 'env'.

FROM example.com/base:1
USER root
COPY --from=mambaorg/micromamba:2.0.5 /bin/micromamba /usr/local/bin/micromamba
RUN ["micromamba","create","--yes","--prefix","/opt/environment","--channel","conda-forge","python=3.11","pip"]

${settings}`);
  });

  test('is the image alone where nothing else is defined', () => {
    expect(dockerfile({ image: 'example.com/base:1' })).toBe(`# syntax=docker/dockerfile:1
# The environment 'env'.
FROM example.com/base:1
`);
  });

  test('has any Python where none is asked for, one within bounds where these are, and none that does not score', () => {
    const from = (python: string, anyPython = false): string | undefined =>
      /^FROM python:(\S+)-slim$/m.exec(
        dockerfile({ condaFile: `dependencies: ["python${python}"]` }, anyPython),
      )?.[1];
    expect(from('')).toBe('3.12');
    expect(from('>=3.9,<3.12')).toBe('3.11');
    expect(() => from('=3.8')).toThrow(expect.objectContaining({ code: 'PythonVersionMissing' }));
    expect(from('=3.8', true)).toBe('3.12');
    const condaFile = 'dependencies: [python=3.8, numpy]';
    expect(() => dockerfile({ condaFile })).toThrow('asks for Python 3.8');
    expect(dockerfile({ condaFile }, true)).toContain('"python>=3.10"');
  });

  test('ends no block of its own by a requirement', () => {
    const text = dockerfile({ requirementsFile: 'END\npandas' });
    expect(text).toContain("COPY <<'END_' /opt/environment/requirements.txt\nEND\npandas\nEND_\n");
  });

  test('is not made of an interpreter of one machine, nor of an image that is none', () => {
    expect(() => dockerfile({ python: '/usr/bin/python3' })).toThrow(
      expect.objectContaining({ code: 'EnvironmentOfOneMachine' }),
    );
    expect(() => dockerfile({ image: 'a\nRUN rm -rf /' })).toThrow(
      expect.objectContaining({ code: 'ImageInvalid' }),
    );
  });
});
