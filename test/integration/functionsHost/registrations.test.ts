import { activityNames, orchestrationNames } from '../../../shared/domain/functionNames';
import {
  activities,
  apiFunctions,
  eventFunctions,
  openFunctions,
  orchestrators,
  timers,
} from '../../support/functionsOfTheApp';
import { FunctionsWorker, type RegisteredFunction } from '../../support/functionsWorker';
import { describeWithRecordings, read } from '../local/recordings/recordings';

type Binding = Readonly<Record<string, unknown>>;

const properties = { supportsDeferredBinding: 'false' };
const httpFunctions = [...apiFunctions, ...openFunctions];

describe('The compiled app, loaded as the Functions host loads it', () => {
  let worker: FunctionsWorker;
  let byName: ReadonlyMap<string, RegisteredFunction>;

  beforeAll(async () => {
    worker = await FunctionsWorker.start();
    byName = new Map(worker.functions.map((one) => [one.name, one]));
  });
  afterAll(async () => {
    await worker.kill();
  });

  /** The bindings of a function as the host reads them: each with its key as its name. */
  const bindingsOf = (name: string): Binding[] =>
    Object.entries(byName.get(name)?.bindings ?? {}).map(([key, binding]) => ({ ...binding, name: key }));
  const named = (type: string): unknown => expect.stringMatching(new RegExp(`^${type}[0-9a-f]{10}$`));
  const trigger = (type: string): object => ({ type, name: named(type), direction: 'in', properties });
  const client = {
    type: 'durableClient',
    name: named('durableClientInput'),
    direction: 'in',
    properties,
  };
  const answer = { type: 'http', name: '$return', direction: 'out' };

  test('registers these functions and no others, each once', () => {
    const others = [...orchestrators, ...activities, ...timers, ...eventFunctions];
    const names = [...httpFunctions.map(([name]) => name), ...others];
    expect(worker.functions.map(({ name }) => name).sort()).toEqual(names.sort());
    expect(worker.functions.filter(({ times }) => times !== 1)).toEqual([]);
  });

  test.each(apiFunctions)('registers %s as %s %s, with the durable client', (name, method, route) => {
    // What can be read can be asked for without its body.
    const methods = method === 'GET' ? ['GET', 'HEAD'] : [method];
    const http = { ...trigger('httpTrigger'), methods, authLevel: 'anonymous', route };
    expect(bindingsOf(name)).toEqual([http, client, answer]);
  });

  test.each(openFunctions)('registers %s as %s %s, without the durable client', (name, methods, route) => {
    const own = { methods: methods.split(' '), authLevel: 'anonymous', route };
    expect(bindingsOf(name)).toEqual([{ ...trigger('httpTrigger'), ...own }, answer]);
  });

  test.each(orchestrators)('registers the orchestrator %s', (name) => {
    expect(bindingsOf(name)).toEqual([trigger('orchestrationTrigger')]);
  });

  test.each(activities)(
    'registers the activity %s, with the client where it wakes orchestrations',
    (name) => {
      const wakes = ['scoreNext', 'stopJob', 'finishJob'].includes(name);
      expect(bindingsOf(name)).toEqual([trigger('activityTrigger'), ...(wakes ? [client] : [])]);
    },
  );

  test('registers the timer that finds lost jobs, every minute and at the start', () => {
    const timer = { ...trigger('timerTrigger'), schedule: '0 * * * * *', runOnStartup: true };
    expect(bindingsOf('recoverJobs')).toEqual([timer, client]);
  });

  test('registers the timer that makes the jobs of triggers that wait, every five seconds', () => {
    const timer = { ...trigger('timerTrigger'), schedule: '*/5 * * * * *' };
    expect(bindingsOf('advanceTriggers')).toEqual([timer, client]);
  });

  test.each(eventFunctions)(
    'registers %s for the events of files that land, with the durable client',
    (name) => {
      expect(bindingsOf(name)).toEqual([trigger('eventGridTrigger'), client]);
    },
  );

  test('registers the timer that clears away what is kept for a time, every hour', () => {
    expect(bindingsOf('upkeep')).toEqual([{ ...trigger('timerTrigger'), schedule: '0 23 * * * *' }, client]);
  });

  test('leaves retries to its orchestrations: the host repeats no function by itself', () => {
    expect(worker.functions.filter(({ retryOptions }) => retryOptions !== undefined)).toEqual([]);
  });

  test('has every orchestrator and activity that it may call', () => {
    expect(Object.values(orchestrationNames).sort()).toEqual([...orchestrators].sort());
    expect(Object.values(activityNames).sort()).toEqual([...activities].sort());
  });

  test('has names that the host takes, no two of them alike but for their case', () => {
    const names = worker.functions.map(({ name }) => name);
    expect(names.filter((name) => !/^[A-Za-z][A-Za-z0-9_-]{0,127}$/.test(name))).toEqual([]);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  });

  test('takes no route that the host keeps for itself', () => {
    // There is no prefix that would keep them apart.
    const routes = httpFunctions.map(([, , route]) => route);
    expect(routes.filter((route) => /^\/|^(admin|runtime|\.auth)(\/|$)/i.test(route))).toEqual([]);
  });

  test('has routes that fit one path only where the first by name is the right one', () => {
    // The host takes the first function by name whose route fits, and `{*file}` fits nothing as well.
    const sorted = [...httpFunctions].sort(([one], [other]) =>
      one.toUpperCase() < other.toUpperCase() ? -1 : 1,
    );
    expect(sorted.at(-1)?.[0]).toBe('unknownRoute');
    const overlapping = sorted.slice(0, -1).flatMap(([one, methods, route], at) =>
      sorted
        .slice(at + 1, -1)
        .filter(([, others, path]) => methods === others && fitsBoth(route, path))
        .map(([other]) => [one, other]),
    );
    expect(overlapping).toEqual([
      ['listJobFiles', 'readJobFile'],
      ['listModelFiles', 'readModelFile'],
    ]);
  });

  describeWithRecordings('beside what the real host was told of an app', () => {
    const functions = recordedFunctions();

    test.each([
      ['an HTTP function with the durable client', 'getEndpoint', 'start'],
      ['an HTTP function without it', 'health', 'setToggle'],
      ['an orchestrator', 'scoreJob', 'hello'],
      ['an activity', 'planJob', 'echo'],
    ])('registers %s in the same shape', (_kind, ours, theirs) => {
      expect(bindingsOf(ours).map(shapeOf)).toEqual(functions.get(theirs)?.map(shapeOf));
    });

    test('registers a timer in the same shape, with the run at the start and the client besides', () => {
      const [timer = {}, ...others] = bindingsOf('recoverJobs');
      const { runOnStartup, ...rest } = timer;
      expect(runOnStartup).toBe(true);
      expect([rest].map(shapeOf)).toEqual(functions.get('tick')?.map(shapeOf));
      expect(others.map(shapeOf)).toEqual(functions.get('start')?.slice(1, 2).map(shapeOf));
    });
  });
});

/** Whether there may be a path that fits both templates. */
function fitsBoth(one: string, other: string): boolean {
  const [a, b] = [one.split('/'), other.split('/')];
  const isRest = (part: string | undefined): boolean => part?.startsWith('{*') === true;
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    if (isRest(a[at]) || isRest(b[at])) return true;
    const [left, right] = [a[at], b[at]];
    if (left === undefined || right === undefined) return false;
    const isOpen = left.startsWith('{') || right.startsWith('{');
    if (!isOpen && left.toLowerCase() !== right.toLowerCase()) return false;
  }
  return true;
}

/** A binding without what is the app's own: which members it has, of which type, and how it is named. */
function shapeOf(binding: Binding): object {
  const { type, direction, name, properties: own, authLevel, ...rest } = binding;
  const members = Object.entries(rest).map(([key, value]) => [
    key,
    Array.isArray(value) ? 'list' : typeof value,
  ]);
  const shape = String(name).replace(/[0-9a-f]{10}$/, '#');
  return { type, direction, name: shape, properties: own, authLevel, members: members.sort() };
}

/** The bindings that the recorded app's worker told its host, by function. */
function recordedFunctions(): ReadonlyMap<string, Binding[]> {
  interface Message {
    readonly type: string;
    readonly msg: {
      readonly functionMetadataResults?: readonly { name: string; rawBindings: string[] }[];
    };
  }
  const messages = read<Message[]>('_startup', 'grpc.json', []);
  const results = messages.find(({ type }) => type === 'functionMetadataResponse')?.msg;
  return new Map(
    results?.functionMetadataResults?.map(({ name, rawBindings }) => [
      name,
      rawBindings.map((text) => JSON.parse(text) as Binding),
    ]),
  );
}
