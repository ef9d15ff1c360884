import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { jobKey } from '../../../shared/jobs/jobKeys';
import { startAzurite, type Azurite } from '../../support/azurite';
import { DurableExtension } from '../../support/durableExtension';
import {
  activityTrigger,
  blobTrigger,
  durableClient,
  eventGridTrigger,
  orchestrationTrigger,
  timerTrigger,
} from '../../support/functionsHostInputs';
import { removeFolders } from '../../support/hostApp';
import { FunctionsWorker } from '../../support/functionsWorker';
import { Workspace, echoScript } from '../../support/workspace';
import { WatchedFolder, type TriggerChanges } from '../../support/watchedFolder';
import { WorkerClient } from '../../support/workerClient';
import { describeWithRecordings, read, readRecording } from '../local/recordings/recordings';

/** What an orchestrator asks the extension for. */
interface Action {
  readonly actionType: number;
  readonly functionName?: string;
  readonly input?: unknown;
  readonly instanceId?: string;
  readonly compoundActions?: readonly Action[];
}

describe('What the Durable extension invokes, with inputs as it gives them', () => {
  let azurite: Azurite;
  let workspace: Workspace;
  let extension: DurableExtension;
  let client: WorkerClient;

  beforeAll(async () => {
    azurite = await startAzurite();
    const storage = { BATCHPOINT_STORAGE: 'azure', AzureWebJobsStorage: azurite.connectionString };
    workspace = await Workspace.open(storage);
    extension = await new DurableExtension().start();
    const state = join(workspace.folder, 'state');
    const settings = {
      ...storage,
      BATCHPOINT_STATE: state,
      BATCHPOINT_LOCAL_FILES: 'true',
      BATCHPOINT_WATCHED_CONTAINER: 'workspaceblobstore',
    };
    client = new WorkerClient(await FunctionsWorker.start(settings), state, extension.rpcBaseUrl);
    await workspace.endpoint('echo', echoScript);
  });
  afterAll(async () => {
    await client.worker.kill();
    await extension.stop();
    await workspace.close();
    await azurite.stop();
    removeFolders();
  });

  const invoke = (body: object, headers: Record<string, string> = {}): ReturnType<WorkerClient['call']> =>
    client.call('invokeEndpoint', { method: 'POST', params: { endpoint: 'echo' }, body, headers }, 'data');
  const jobBody = (properties: object = {}): object => {
    const path = pathToFileURL(workspace.inputs(3)).href;
    return { properties: { dataset: { dataInputType: 'DataUrl', path }, ...properties } };
  };
  const instanceOf = (job: string): string => `job-${jobKey(job)}`;

  test('an invocation starts one instance, by the address of the binding alone', async () => {
    const longest = 'j'.repeat(255);
    const answer = await invoke(jobBody({ name: longest }));
    expect(answer).toMatchObject({ status: 201, body: { name: longest } });
    const id = instanceOf(longest);
    expect(extension.started).toEqual([{ id, name: 'scoreJob', input: { job: jobKey(longest), start: 1 } }]);
    expect(id).toMatch(/^[A-Za-z0-9_-]{1,100}$/);
  });

  test('an invocation that is sent again starts nothing more', async () => {
    const body = jobBody();
    const headers = { 'repeatability_request-id': 'a-request' };
    const first = await invoke(body, headers);
    const before = extension.started.length;
    const second = await invoke(body, headers);
    expect([first.status, second.status]).toEqual([201, 200]);
    expect((second.body as { name: string }).name).toBe((first.body as { name: string }).name);
    expect(extension.started).toHaveLength(before);
  });

  test('a job whose instance somebody else has started meanwhile is started, and no error', async () => {
    extension.instances.set(instanceOf('raced'), 'Running');
    expect(await invoke(jobBody({ name: 'raced' }))).toMatchObject({ status: 201 });
    expect(extension.started.map(({ id }) => id)).not.toContain(instanceOf('raced'));
  });

  test('the timer starts a job that does not run, whether its instance is lost or over', async () => {
    for (const [name, status] of [
      ['lost', undefined],
      ['over', 'Terminated'],
      ['running', 'Running'],
    ] as const) {
      const { spec } = await workspace.invoke('echo', workspace.inputs(2), { name });
      if (status !== undefined) extension.instances.set(instanceOf(spec.name), status);
    }
    const before = extension.started.length;
    const { worker } = client;
    const binding = durableClient(worker.binding('recoverJobs', /^durableClient$/), extension.rpcBaseUrl);
    await worker.invoke('recoverJobs', timerTrigger(worker.trigger('recoverJobs'), binding));
    const started = extension.started.slice(before).map(({ id }) => id);
    expect(started.sort()).toEqual([instanceOf('lost'), instanceOf('over')].sort());
  });

  describe('a file that lands in a container', () => {
    const container = 'workspaceblobstore';
    const land = async (name: string, content: string): Promise<{ url: string; etag: string }> => {
      const store = workspace.services.stores.container(container);
      const { etag } = await store.write(name, content);
      return { url: `${store.url}/${name.split('/').map(encodeURIComponent).join('/')}`, etag };
    };
    const event = (url: string, name: string, etag: string): { data: object } & Record<string, unknown> => ({
      id: '831e1650-001e-001b-66ab-eeb76e069631',
      topic: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a',
      subject: `/blobServices/default/containers/${container}/blobs/${name}`,
      eventType: 'Microsoft.Storage.BlobCreated',
      eventTime: new Date().toISOString(),
      dataVersion: '',
      metadataVersion: '1',
      data: { api: 'PutBlob', eTag: etag.replaceAll('"', ''), contentLength: 1, blobType: 'BlockBlob', url },
    });
    const clientOf = (name: string): ReturnType<typeof durableClient> =>
      durableClient(client.worker.binding(name, /^durableClient$/), extension.rpcBaseUrl);
    const told = (value: { data: object }): Promise<unknown> => {
      const { worker } = client;
      const binding = worker.trigger('blobCreated');
      return worker.invoke('blobCreated', eventGridTrigger(binding, value, clientOf('blobCreated')));
    };
    const trigger = async (name: string, changes: TriggerChanges = {}): Promise<void> => {
      const described = new WatchedFolder(workspace, container).described('echo', changes);
      await workspace.services.registry.triggers.put(name, described);
    };
    const jobsOf = (name: string): ReturnType<WatchedFolder['jobsOf']> =>
      new WatchedFolder(workspace, container).jobsOf(name);

    test('starts one job by its event, in either schema, however often that comes', async () => {
      await trigger('by-event', { watch: { path: 'events' } });
      const before = extension.started.length;
      const { url, etag } = await land('events/a b.csv', '1');
      const first = event(url, 'events/a b.csv', etag);
      await Promise.all([told(first), told(first)]);
      const { eventType: type, eventTime: time, ...rest } = first;
      await told({ ...rest, type, time, specversion: '1.0', source: first['topic'] } as typeof first);
      const [job, ...others] = await jobsOf('by-event');
      expect(others).toEqual([]);
      expect(job?.spec.startedBy?.id).toBe(`events/a b.csv@${etag}`);
      const started = extension.started.slice(before).map(({ id }) => id);
      expect(started).toEqual([`job-${job?.spec.key}`]);
    });

    test('is in a window with others, which the timer closes', async () => {
      await trigger('by-timer', {
        watch: { path: 'windows' },
        batching: { type: 'window', seconds: 0, files: 3 },
        paused: true,
      });
      for (const name of ['windows/a.csv', 'windows/b.csv']) {
        const { url, etag } = await land(name, '1');
        await told(event(url, name, etag));
      }
      const { registry } = workspace.services;
      const { value } = await registry.triggers.get('by-timer');
      await registry.triggers.put('by-timer', { ...value, paused: false });
      const { worker } = client;
      await worker.invoke(
        'advanceTriggers',
        timerTrigger(worker.trigger('advanceTriggers'), clientOf('advanceTriggers')),
      );
      const [job, ...others] = await jobsOf('by-timer');
      if (job === undefined) throw new Error('There is no job.');
      expect(others).toEqual([]);
      const ended = await workspace.run(job);
      expect(ended.run).toMatchObject({ state: 'Completed', progress: { files: 2, failedFiles: 0 } });
    });

    test('starts a job by the binding of one container, which is given no bytes', async () => {
      await trigger('by-binding', { watch: { path: 'bound' } });
      const { url, etag } = await land('bound/a#b.csv', '1');
      const { worker } = client;
      const facts = { ETag: etag, LastModified: new Date().toISOString().replace(/\.\d+/, '') };
      const given = { url, container, name: 'bound/a#b.csv', facts };
      const binding = worker.trigger('watchedContainer');
      await worker.invoke('watchedContainer', blobTrigger(binding, given, clientOf('watchedContainer')));
      const [job] = await jobsOf('by-binding');
      expect(job?.spec.startedBy?.id).toBe(`bound/a#b.csv@${etag}`);
      expect(
        worker.functions.find(({ name }) => name === 'watchedContainer')?.bindings[binding],
      ).toMatchObject({
        type: 'blobTrigger',
        path: `${container}/{name}`,
        source: 'EventGrid',
        connection: 'AzureWebJobsStorage',
        properties: { supportsDeferredBinding: 'true' },
      });
    });
  });

  test('the hourly timer has instances purged that are over and older than the retention time', async () => {
    const { worker } = client;
    const before = extension.asked.length;
    const binding = durableClient(worker.binding('upkeep', /^durableClient$/), extension.rpcBaseUrl);
    await worker.invoke('upkeep', timerTrigger(worker.trigger('upkeep'), binding));
    expect(extension.asked.slice(before).map((line) => line.replace(/(?<=To=)[^&]+/, '<time>'))).toEqual([
      'DELETE /durabletask/instances/?createdTimeFrom=1970-01-01T00:00:00.000Z&createdTimeTo=<time>' +
        '&runtimeStatus=Completed,Failed,Terminated,Canceled',
    ]);
  });

  test('an activity takes its input as a string, and answers with an object', async () => {
    const { spec } = await workspace.invoke('echo', workspace.inputs(3), {
      miniBatchSize: 1,
      compute: { instanceCount: 2 },
    });
    expect(await client.worker.activity('planJob', { job: spec.key })).toEqual({ lanes: 2 });
    expect(await client.worker.activity('prepareScorer', { job: spec.key })).toEqual({});
    const answer = await client.worker.activity('scoreNext', { job: spec.key, lane: 0, sequence: 0 });
    expect(answer).toEqual({ more: true });
  });

  test.each([
    ['text', { string: '"True"', data: 'string' }],
    ['a truth value', { string: 'True', data: 'string' }],
    ['nothing', {}],
  ])('an activity that is given %s for its input fails at once', async (_what, data) => {
    const { worker } = client;
    const name = worker.trigger('planJob');
    const given = { inputData: [{ name, data, rpcData: 'data' as const }], triggerMetadata: {} };
    await expect(worker.invoke('planJob', given)).rejects.toThrow();
  });

  test('a job that is planned by activities shows as running to those who look', async () => {
    const { spec } = await workspace.invoke('echo', workspace.inputs(1), { name: 'looked-at' });
    await client.worker.activity('planJob', { job: spec.key });
    expect(await client.ask('getJob', { params: { job: 'looked-at' } })).toMatchObject({
      properties: { status: 'Running' },
    });
  });

  test('the orchestrator of a job asks first for its plan and its scorer, with retries', async () => {
    const { actions } = await turn('scoreJob', instanceOf('some'), { job: 'some', start: 1 });
    expect(actions).toHaveLength(1);
    const [both] = actions;
    expect(both?.actionType).toBe(12);
    expect(
      both?.compoundActions?.map(({ actionType, functionName, input }) => [actionType, functionName, input]),
    ).toEqual([
      [1, 'planJob', { job: 'some' }],
      [1, 'prepareScorer', { job: 'some' }],
    ]);
  });

  test('the orchestrator of many lanes names its instances within what ids may be', async () => {
    const key = jobKey('a job of many lanes');
    const prefix = `job-${key}-10-repair2`;
    const { actions } = await turn('scoreLaneGroup', `${prefix}-group0`, {
      job: key,
      prefix,
      from: 0,
      to: 40,
    });
    const lanes = actions.flatMap(({ compoundActions = [] }) => compoundActions);
    expect(lanes).toHaveLength(40);
    for (const { actionType, functionName, instanceId } of lanes) {
      expect([actionType, functionName]).toEqual([2, 'scoreLane']);
      expect(instanceId).toMatch(/^[A-Za-z0-9_-]{1,100}$/);
    }
    expect(`${prefix}-lane${Number.MAX_SAFE_INTEGER}`.length).toBeLessThanOrEqual(100);
  });

  test('a lane asks for its next claim with an object of little size', async () => {
    const { actions } = await turn('scoreLane', 'lane', { job: jobKey('any'), lane: 999, sequence: 1e6 });
    expect(actions).toHaveLength(1);
    expect(actions[0]).toMatchObject({ actionType: 1, functionName: 'scoreNext' });
    expect(JSON.stringify(actions[0]?.input).length).toBeLessThan(200);
  });

  test('orchestrators use nothing of which the order or the time is not certain', () => {
    const files = globSync(join(__dirname, '../../../orchestrations/*.ts'));
    const [waiting, others] = [true, false].map((waits) => {
      const some = files.filter((file) => file.endsWith('waitForPlace.ts') === waits);
      const used = some.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\bdf\.([\w.]+)/g)]);
      return [...new Set(used.map(([, member]) => member?.replace(/<.*/, '')))].sort();
    });
    const certain = [
      'Task.all',
      'callActivityWithRetry',
      'callSubOrchestrator',
      'continueAsNew',
      'getInput',
      'instanceId',
    ];
    // No timers, no events, no `Task.any`: a short timer may fire early, and events may change their order. But for one
    // wait, of which nothing depends on how it ends; a history has no more than one.
    expect(others).toEqual(certain);
    const ofOneWait = ['Task.any', 'createTimer', 'currentUtcDateTime.getTime', 'waitForExternalEvent'];
    expect(waiting).toEqual(ofOneWait);
  });

  describeWithRecordings('beside what the real host sent', () => {
    const members = (value: unknown): string[] => Object.keys(value ?? {}).sort();

    test('an activity is given the same members here', () => {
      const theirs = read<{ inputData: { data: object }[]; triggerMetadata: object }[]>(
        'probeOrch',
        'activity.json',
        [],
      ).find(
        ({ inputData }) =>
          JSON.stringify(inputData[0]?.data) === JSON.stringify({ string: '{"a":1}', data: 'string' }),
      );
      const ours = activityTrigger('activityTrigger7996c743ef', { a: 1 });
      expect(ours.inputData).toEqual(theirs?.inputData);
      expect(members(ours.triggerMetadata)).toEqual(members(theirs?.triggerMetadata));
    });

    test('an orchestrator is given the same members here', () => {
      const recorded = readRecording('hello').turns[0]?.trigger;
      expect(members(firstTurn('hello', 'id', {}))).toEqual(members(recorded));
    });

    test('the durable client is given the same members here', () => {
      const { inputData = [] } = readRecording('hello').httpCalls[0] ?? {};
      const theirs = JSON.parse(String(inputData[1]?.data['string'])) as Record<string, unknown>;
      const ours = JSON.parse(
        durableClient('x', 'http://127.0.0.1:1/durabletask/').data.string ?? '',
      ) as typeof theirs;
      expect(members(ours)).toEqual(members(theirs));
      for (const group of ['creationUrls', 'managementUrls'])
        expect(members(ours[group])).toEqual(members(theirs[group]));
    });

    test('a timer is given the same here', () => {
      const [theirs] = read<{ msg: { inputData: { data: object }[] } }[]>('timerTrigger', 'trigger.json', []);
      expect(timerTrigger('timer').inputData[0]?.data).toEqual(theirs?.msg.inputData[0]?.data);
    });

    test.each([
      ['of an instance that does not exist', 'getStatus', /\/instances\/no-such-instance$/, 404],
      ['to start one that runs', 'startNew-duplicate', /\/orchestrators\//, 409],
    ])('a request %s was answered as it is here', (_what, scenario, path, status) => {
      const answers = readRecording(scenario).exchanges.filter(({ request }) => path.test(request.path));
      expect(answers.map(({ response }) => response.status)).toContain(status);
    });
  });

  /** The first turn of an orchestration, and what it answers. */
  async function turn(name: string, id: string, input: object): Promise<{ actions: Action[] }> {
    const { worker } = client;
    const { response } = await worker.invoke(
      name,
      orchestrationTrigger(worker.trigger(name), firstTurn(name, id, input)),
    );
    const answer = JSON.parse(response.returnValue?.json ?? response.returnValue?.string ?? '') as {
      isDone: boolean;
      actions: Action[][];
    };
    expect(answer.isDone).toBe(false);
    return { actions: answer.actions.flat() };
  }
});

/** What the extension sends for the first turn of an instance. */
function firstTurn(name: string, instanceId: string, input: object): object {
  const common = { EventId: -1, IsPlayed: false, Timestamp: '2026-11-22T16:51:58.5008421Z' };
  const started = {
    OrchestrationInstance: { InstanceId: instanceId, ExecutionId: '37a24822-7686-4e1d-a2df-e7d47100c7e8' },
    EventType: 0,
    ParentInstance: null,
    Name: name,
    Version: null,
    Input: JSON.stringify(input),
    Tags: null,
    Correlation: null,
    ParentTraceContext: null,
    ScheduledStartTime: null,
    Generation: 0,
    GenerateNewTrace: false,
    ...common,
  };
  return {
    history: [{ EventType: 12, ...common }, started],
    input,
    instanceId,
    isReplaying: false,
    parentInstanceId: null,
    upperSchemaVersion: 1,
    upperSchemaVersionNew: 3,
    longRunningTimerIntervalDuration: '3.00:00:00',
    maximumShortTimerDuration: '6.00:00:00',
    defaultHttpAsyncRequestSleepTimeMillseconds: 30000,
  };
}
