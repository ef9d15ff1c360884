import type { CommandLine } from './commandLine';

/** Scripts that need nothing but Python. */
const scripts = {
  /** Gives a row for each file: its name and its text. */
  'echo.py': `import os, sys
def init():
    print("init with", os.listdir(os.environ["AZUREML_MODEL_DIR"]))
def run(mini_batch):
    print("scoring", len(mini_batch))
    print("a word aside", file=sys.stderr)
    return [os.path.basename(path) + " " + open(path).read().strip() for path in mini_batch]
`,
  /** Raises at files of which the name has "bad" in it. */
  'picky.py': `import os
def run(mini_batch):
    for path in mini_batch:
        if "bad" in os.path.basename(path):
            raise ValueError("cannot read " + os.path.basename(path))
    return [os.path.basename(path) for path in mini_batch]
`,
  /** Waits for a file named "go" beside the input, so that a test decides when it goes on. */
  'waiting.py': `import os, time
def run(mini_batch):
    print("waiting for", os.path.basename(mini_batch[0]), flush=True)
    go = os.path.join(os.path.dirname(os.path.dirname(mini_batch[0])), "go")
    while not os.path.exists(go):
        time.sleep(0.02)
    return [os.path.basename(path) for path in mini_batch]
`,
  'norun.py': 'def init():\n    pass\n',
} as const;

/** Lays out a project: code, a model, an input of `files` files, a compute and an endpoint file. */
export function aProject(cli: CommandLine, files = 5): void {
  for (const [name, text] of Object.entries(scripts)) cli.file(`code/${name}`, text);
  cli.file('model/weights.txt', '1');
  for (let i = 0; i < files; i++) cli.file(`input/f${i}.txt`, `text ${i}\n`);
  cli.file('endpoint.yml', endpointFile('digits', 'echo.py'));
}

/** An endpoint file with one deployment, `one`, that has the traffic. */
export function endpointFile(name: string, script: string, more = ''): string {
  return `$schema: https://example.com/batchEndpoint.schema.json
name: ${name}
description: made by a test
type: batch
auth_mode: aad_token
traffic:
  one: 100
deployments:
  - name: one
    model: {name: weights, version: 1, local_path: ./model}
    code_configuration:
      code:
        local_path: ./code/
      scoring_script: ${script}
    compute:
      target: azureml:cpu-cluster
      instance_count: 2
    mini_batch_size: 2
${more}`;
}

/** A deployment file for a script of the project. */
export function deploymentFile(name: string, script: string, more = ''): string {
  return `name: ${name}
model: {name: weights, version: 1, local_path: ./model}
code_configuration: {code: {local_path: ./code}, scoring_script: ${script}}
compute: {target: azureml:cpu-cluster}
mini_batch_size: 1
retry_settings: {max_retries: 1, timeout: 60}
${more}`;
}
