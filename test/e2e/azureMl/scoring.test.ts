import { patience, useAzureMl } from '../../support/azureMl/azureMl';

// The package follows only a job that still runs when it looks first: the model takes its time to load.
const score = `
import os
import time

def init():
    print("the model is there:", os.listdir(os.environ["AZUREML_MODEL_DIR"]))
    time.sleep(5)

def run(mini_batch):
    return [f"{os.path.basename(path)} {os.path.getsize(path)}" for path in mini_batch]
`;
const rows = ['f0.txt 6', 'f1.txt 6', 'f2.txt 6', 'f3.txt 6', 'f4.txt 6', ''].join('\n');

describe('The package azure-ai-ml, unchanged', () => {
  const azureMl = useAzureMl();
  let results: Readonly<Record<string, unknown>>;
  const of = (call: string): unknown => results[call];

  beforeAll(async () => {
    const { commandLine } = azureMl;
    commandLine.file('first-model/weights/model.bin', 'a model');
    commandLine.file('code/score.py', score);
    commandLine.file(
      'code/failing.py',
      'def init():\n    pass\n\ndef run(files):\n    raise ValueError("not today")\n',
    );
    commandLine.file(
      'code/slow.py',
      'import time\n\ndef init():\n    pass\n\ndef run(files):\n    time.sleep(60)\n    return files\n',
    );
    for (let at = 0; at < 5; at++) commandLine.file(`first-data/f${at}.txt`, `file ${at}`);
    results = await azureMl.calls('scoring.py');
  }, patience);

  test('makes an endpoint, gets it and lists it', () => {
    expect(of('batch_endpoints.begin_create_or_update')).toBe('sizes');
    expect(of('batch_endpoints.get')).toEqual(['Sizes of files', { team: 'vision' }, 'aad_token']);
    expect(of('batch_endpoints.list')).toEqual(['sizes']);
  });

  test('makes a deployment with a local model and local code, gets it and lists it', () => {
    expect(of('batch_deployments.begin_create_or_update')).toBe('main');
    expect(of('batch_deployments.get')).toEqual(['sizes', 'cpu', 2, 1]);
    expect(of('batch_deployments.list')).toEqual(['failing', 'main', 'slow']);
  });

  test('sets the default deployment', () => {
    expect(of('defaults')).toBe('main');
  });

  test('invokes with a local folder, and follows what the script prints', () => {
    expect(of('invoke with a local folder')).toMatch(/^[0-9a-f-]{36}$/);
    const { text, error } = of('jobs.stream') as { text: string; error: string | null };
    expect(error).toBeNull();
    expect(text).toContain("the model is there: ['first-model']");
    expect(text).toContain('Execution Summary');
  });

  test('gets a job, as a pipeline that is completed, and the link to its page', () => {
    const name = of('invoke with a local folder');
    expect(of('jobs.get')).toEqual(['pipeline', 'Completed', name, true]);
    expect(of('the page of a job')).toContain(`/studio/jobs/${String(name)}?token=`);
  });

  test("lists the child 'batchscoring' of a job", () => {
    const name = of('invoke with a local folder');
    expect(of('jobs.list of a parent')).toEqual([[name, 'batchscoring', 'Completed']]);
  });

  test("downloads the output 'score' of the child", () => {
    expect(of('jobs.download of score')).toEqual({ 'named-outputs/score/predictions.csv': rows });
  });

  test('downloads the logs, and all', () => {
    expect(of('jobs.download of logs')).toEqual(
      expect.arrayContaining(['artifacts/logs/job_result.txt', 'artifacts/logs/job_progress_overview.txt']),
    );
    expect(of('jobs.download of all')).toEqual(
      expect.arrayContaining(['artifacts/logs/job_result.txt', 'named-outputs/score/predictions.csv']),
    );
  });

  test('invokes a deployment by its name with registered data', () => {
    expect(of('invoke with registered data')).toBe('Completed');
  });

  test('invokes with settings of its own and an experiment', () => {
    expect(of('invoke with settings of its own')).toEqual(['my-experiment', ['named-outputs/score/own.csv']]);
  });

  test('invokes with an output of its own, and downloads it', () => {
    expect(of('invoke with an output of its own')).toEqual(['named-outputs/score/results.csv']);
  });

  test('tells why a job has failed, where it follows it', () => {
    const [status, error] = of('jobs.stream of a failure') as [string, string];
    expect(status).toBe('Failed');
    expect(error).toContain('ValueError: not today');
  });

  test('cancels a job', () => {
    expect(of('jobs.begin_cancel')).toBe('Canceled');
  });

  test('lists the jobs, archives one, and restores it', () => {
    expect(of('jobs.list')).toEqual([true, 6]);
    expect(of('jobs.archive')).toBeNull();
    expect(of('jobs.list without it')).toBe(false);
    expect(of('jobs.restore')).toBeNull();
    expect(of('jobs.list restored')).toBe(true);
  });

  test('changes what is said of a job', () => {
    expect(of('jobs.update')).toEqual(['The first', { mine: 'yes' }]);
  });

  test('lists the jobs of an endpoint and of a deployment', () => {
    expect(of('batch_endpoints.list_jobs')).toBe(6);
    expect(of('batch_deployments.list_jobs')).toBe(1);
  });

  test('starts a job of a schedule and deletes it, though it has no class for it', () => {
    expect(of('schedules.trigger')).toEqual([true, 'Failed']);
    expect(of('schedules.get')).toMatchObject({
      error: 'ScheduleException',
      message: 'Unsupported schedule type InvokeBatchEndpoint',
    });
    expect(of('schedules.begin_delete')).toBeNull();
    expect(of('schedules after delete')).toBeNull();
  });

  test('deletes a deployment, and the endpoint', () => {
    expect(of('batch_deployments.begin_delete')).toBeNull();
    expect(of('batch_deployments after delete')).toEqual(['main', 'slow']);
    expect(of('batch_endpoints.begin_delete')).toBeNull();
    expect(of('batch_endpoints after delete')).toEqual([]);
  });
});
