import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { restBodies } from '../../../shared/schemas/restBodies';
import { useWorkspace } from '../../support/useWorkspace';

/** Loads whatever pickle lies in its model folder. */
const script = `
import glob, os, pickle
def init():
    with open(glob.glob(os.environ["AZUREML_MODEL_DIR"] + "/model/*.pkl")[0], "rb") as file:
        pickle.load(file)
def run(mini_batch):
    return mini_batch
`;

/** A pickle of an object whose class is not there, with the mark that scikit-learn leaves. */
function pickleOf(module: string, version: string): Buffer {
  const text = (value: string): Buffer =>
    Buffer.concat([Buffer.from([0x8c, value.length]), Buffer.from(value)]);
  return Buffer.concat([
    Buffer.from([0x80, 4]),
    text('_sklearn_version'),
    Buffer.from([0x94]),
    text(version),
    Buffer.from(`c${module}\nNoSuchClass\n.`),
  ]);
}

describe('a model that was saved by other versions', () => {
  const workspace = useWorkspace();

  async function failureWith(
    files: Readonly<Record<string, string | Buffer>>,
    code = script,
  ): Promise<string> {
    const id = randomUUID();
    for (const [file, content] of Object.entries(files)) workspace().write(`${id}/model/${file}`, content);
    const modelUri = pathToFileURL(join(workspace().folder, id, 'model')).href;
    const body = restBodies.modelVersion({ properties: { modelUri } });
    const { registry } = workspace().services;
    await registry.models.register(id, '1', body);
    // The model's own requirements are not to be installed: what is there stands for another environment.
    const environment = restBodies.environmentVersion({ properties: { image: 'none' } });
    await registry.environments.register(id, '1', environment);
    await workspace().endpoint('saved', code, {
      environmentId: `azureml:${id}:1`,
      model: { referenceType: 'Id', assetId: `azureml:${id}:1` },
    });
    const job = await workspace().run(await workspace().invoke('saved', workspace().inputs(1)));
    expect(job.run.error?.code).toBe('InitFailed');
    return job.run.error?.message ?? '';
  }

  test('fails with the version of scikit-learn that its pickle names', async () => {
    const message = await failureWith({ 'tree.pkl': pickleOf('json', '0.21.3') });
    expect(message).toContain('AttributeError');
    expect(message).toContain(
      '(The model was saved with scikit-learn 0.21.3, and is loaded here with scikit-learn (not installed).',
    );
  });

  test('fails with the versions that lie beside it, each with the one that is installed', async () => {
    const message = await failureWith({
      MLmodel: 'flavors:\n  python_function:\n    python_version: 2.7.18\n',
      'requirements.txt': 'pip==1.5\nnot-there[extra]==3.1 ; python_version > "3"\n',
      'model.pkl': Buffer.from([0x80, 9, 0x2e]),
    });
    expect(message).toMatch(
      /saved with pip 1\.5 and not-there 3\.1 and Python 2\.7\.18, and is loaded here with pip \d+[\d.]* and not-there \(not installed\) and Python 3\.\d+\.\d+\./,
    );
  });

  test('fails with what the failure itself tells of them', async () => {
    const message = await failureWith({ 'model.pkl': Buffer.from([0x80, 9, 0x2e]) });
    expect(message).toMatch(/saved with a later Python, and is loaded here with Python 3\.\d+\.\d+\./);
  });

  test('is not blamed for what does not come from loading it', async () => {
    const code =
      'def init():\n    raise ValueError("no weights")\ndef run(mini_batch):\n    return mini_batch\n';
    const message = await failureWith({ 'tree.pkl': pickleOf('json', '0.21.3') }, code);
    expect(message).toMatch(/ValueError: no weights$/);
  });

  test('and can be loaded all the same is a warning of every job that scores with it', async () => {
    // What scikit-learn does when it loads a model of another version.
    const code = `
import warnings
class InconsistentVersionWarning(UserWarning):
    original_sklearn_version = "0.24.2"
def init():
    for name in ("Pipeline", "RandomForestClassifier"):
        warnings.warn(InconsistentVersionWarning("Trying to unpickle estimator " + name))
def run(mini_batch):
    return mini_batch
`;
    await workspace().endpoint('older', code);
    for (const files of [1, 2]) {
      const job = await workspace().run(await workspace().invoke('older', workspace().inputs(files)));
      expect(job.run).toMatchObject({ state: 'Completed', progress: { rows: files } });
      expect(job.run.warnings).toEqual([
        expect.stringMatching(
          /^The model was saved with scikit-learn 0\.24\.2, and is loaded here with scikit-learn .+ Give the deployment an environment/,
        ),
      ]);
    }
  });

  test('and is loaded by the first run() is a warning too', async () => {
    const code = `
import warnings
class InconsistentVersionWarning(UserWarning):
    original_sklearn_version = "0.24.2"
def run(mini_batch):
    warnings.warn(InconsistentVersionWarning("Trying to unpickle estimator"))
    return mini_batch
`;
    await workspace().endpoint('late', code);
    const job = await workspace().run(await workspace().invoke('late', workspace().inputs(1)));
    expect(job.run.warnings).toHaveLength(1);
  });
});
