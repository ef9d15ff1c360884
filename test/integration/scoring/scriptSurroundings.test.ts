import { useWorkspace } from '../../support/useWorkspace';

describe('what a script finds around it', () => {
  const workspace = useWorkspace();

  async function rows(
    name: string,
    expression: string,
    settings: object = {},
    file?: string,
  ): Promise<string[]> {
    const script = `import glob, os, sys\ndef run(mini_batch):\n    return ${expression}\n`;
    await workspace().endpoint(name, script, { miniBatchSize: 3, ...settings }, file);
    const job = await workspace().run(await workspace().invoke(name, workspace().inputs(3)));
    return (await workspace().predictions(job)).trimEnd().split('\n');
  }

  test('is a list of paths that end in the names of the files', async () => {
    const types =
      '[f"{type(mini_batch).__name__} {type(path).__name__} {os.path.basename(path)}" for path in mini_batch]';
    expect(await rows('paths', types)).toEqual([
      'list str f000000.txt',
      'list str f000001.txt',
      'list str f000002.txt',
    ]);
  });

  test('is its code folder as the current one, and both that and its own folder to import from', async () => {
    const places = '[os.path.relpath(place, os.getcwd()) for place in (__file__, *sys.path[:2])]';
    expect(await rows('places', places, {}, 'deep/score.py')).toEqual(['deep/score.py', 'deep', '.']);
    // Whatever it is called, it is Python.
    expect(await rows('bare', places, {}, 'deep/score')).toEqual(['deep/score', 'deep', '.']);
  });

  test.each(['results', 'blocks', 'scoring', 'worker', 'row_sink'])(
    'is a module of its own that is called %s, and none of ours',
    async (module) => {
      const script = `from ${module} import LABEL\ndef run(mini_batch):\n    return [LABEL]\n`;
      const beside = { [`${module}.py`]: 'LABEL = "mine"\n' };
      await workspace().endpoint(`own-${module.replace('_', '-')}`, script, {}, 'score.py', beside);
      const job = await workspace().run(
        await workspace().invoke(`own-${module.replace('_', '-')}`, workspace().inputs(1)),
      );
      expect(await workspace().predictions(job)).toBe('mine\n');
    },
  );

  test('is itself where it has the name of a module of ours', async () => {
    const expression = '[os.path.basename(path) for path in mini_batch]';
    expect(await rows('results', expression, {}, 'results.py')).toHaveLength(3);
  });

  test('is itself under the name of its file, so that what it defines can be pickled', async () => {
    expect(await rows('itself', '[__name__, sys.modules["score"].run is run, 0]')).toEqual([
      'score',
      'True',
      '0',
    ]);
  });

  test('are the folders of the model and of its own files, whatever variables the deployment has', async () => {
    const environmentVariables = {
      AZUREML_MODEL_DIR: '/nowhere',
      AZUREML_BI_OUTPUT_PATH: '/nowhere',
      MINE: 'kept',
    };
    const found =
      '[open(os.environ["AZUREML_MODEL_DIR"] + "/model.txt").read(), os.access(os.environ["AZUREML_BI_OUTPUT_PATH"], os.W_OK), os.environ["MINE"]]';
    expect(await rows('folders', found, { environmentVariables })).toEqual(['a model', 'True', 'kept']);
  });

  test('are the variables of its deployment with those of the job over them', async () => {
    const script = 'import os\ndef run(mini_batch):\n    return [os.environ["A"] + os.environ["B"]]\n';
    await workspace().endpoint('variables', script, { environmentVariables: { A: 'one', B: 'two' } });
    const environmentVariables = { B: 'three' };
    const job = await workspace().run(
      await workspace().invoke('variables', workspace().inputs(1), { environmentVariables }),
    );
    expect(await workspace().predictions(job)).toBe('onethree\n');
  });
});
