import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { collectEnvironments } from '../shared/collecting/collectEnvironments';
import { collectJobs } from '../shared/collecting/collectJobs';
import { collectLeftovers } from '../shared/collecting/collectLeftovers';
import { collectUploads } from '../shared/collecting/collectUploads';
import { collectVersions } from '../shared/collecting/collectVersions';
import { Collections } from '../shared/collecting/collections';
import { clearMachine } from '../shared/collecting/machineLeftovers';
import { Inputs } from '../shared/inputs/inputs';
import { urlRules } from '../shared/inputs/urlRules';
import { JobIndex } from '../shared/jobs/jobIndex';
import type { JobSpec } from '../shared/jobs/jobSpec';
import { JobStore } from '../shared/jobs/jobStore';
import type { FollowUp } from '../shared/jobs/retireJob';
import { Deletions } from '../shared/operations/deletions';
import { LongOperations } from '../shared/operations/longOperations';
import { OpenJobs } from '../shared/operations/openJobs';
import { Deliveries } from '../shared/notifications/deliveries';
import { Outbox } from '../shared/notifications/outbox';
import { tellOfEnd } from '../shared/notifications/tellOfEnd';
import { Destinations, type Places } from '../shared/outputs/destinations';
import { JobFiles } from '../shared/outputs/jobFileAccess';
import { Places as ComputePlaces } from '../shared/places/places';
import { Claims } from '../shared/planning/claims';
import { AssetSources } from '../shared/registry/assetSources';
import type { Stored } from '../shared/registry/namedResources';
import { Registry } from '../shared/registry/registry';
import { ScheduleRuns } from '../shared/schedules/scheduleRuns';
import { ScheduleStates } from '../shared/schedules/scheduleStates';
import { JobScorings } from '../shared/scoring/jobScoring';
import { ProcessRecords } from '../shared/scoring/processRecords';
import { scorerOf, type Scorer } from '../shared/scoring/scorer';
import { openScratch } from '../shared/scoring/scratch';
import { VirtualEnvironments } from '../shared/scoring/virtualEnvironments';
import { WorkerFolders } from '../shared/scoring/workerFolders';
import { RowEncoder } from '../shared/outputs/blocks/rowEncoder';
import { WorkerPool } from '../shared/scoring/workerPool';
import { ownToken } from '../shared/stores/azure/ownIdentity';
import { openStores } from '../shared/stores/openStores';
import { readStoreSettings } from '../shared/stores/settings';
import type { SignedService, Stores } from '../shared/stores/stores';
import { TriggerAdvance } from '../shared/triggers/advanceTriggers';
import { Arrivals } from '../shared/triggers/arrivals';
import { noteOutput } from '../shared/triggers/chains';
import { statusOf } from '../shared/triggers/statusOf';
import type { Trigger } from '../shared/triggers/trigger';
import type { TriggerJobContext } from '../shared/triggers/triggerFaults';
import type { TriggerStatus } from '../shared/triggers/triggerStatus';
import { WatchedStores } from '../shared/triggers/watchedStores';
import { WatchedPlaces } from '../shared/triggers/watchedPlaces';
import { readSettings, type Settings } from './settings';
import { trustOf, type Trust } from './trust';

/** Everything that the functions of the app work with, made once in a process. */
export interface Services extends Trust {
  readonly settings: Settings;
  readonly stores: Stores;
  readonly registry: Registry;
  readonly inputs: Inputs;
  readonly destinations: Destinations;
  readonly jobs: JobStore;
  readonly index: JobIndex;
  readonly claims: Claims;
  /** The places of computes, which jobs share. */
  readonly places: ComputePlaces;
  readonly jobFiles: JobFiles;
  readonly operations: LongOperations;
  readonly deletions: Deletions;
  readonly collections: Collections;
  /** What has landed for triggers, and their jobs. */
  readonly arrivals: Arrivals;
  readonly triggerAdvance: TriggerAdvance;
  /** What triggers are checked and taken further with. */
  readonly triggering: TriggerJobContext;
  readonly triggerStatus: (trigger: Stored<Trigger>) => Promise<TriggerStatus>;
  /** What follows the end of a job. */
  readonly followUps: readonly FollowUp[];
  /** Tells the host of this machine which folders to watch; `undefined` where the app has no state folder. */
  readonly watchedPlaces: WatchedPlaces | undefined;
  /** What is to be told of jobs that have ended, and who tells it. */
  readonly outbox: Outbox;
  readonly deliveries: Deliveries;
  /** How far schedules are, and what starts their jobs. */
  readonly scheduleStates: ScheduleStates;
  readonly scheduleRuns: ScheduleRuns;
  readonly scorings: JobScorings;
  readonly scorerOf: (spec: JobSpec) => Promise<Scorer>;
  readonly environments: VirtualEnvironments;
  readonly pool: WorkerPool;
  readonly encoder: RowEncoder;
  /** Where clients upload to and download from by themselves; `undefined` where they cannot. */
  readonly storage: SignedService | undefined;
  /** The folder of this process for unfinished work. */
  readonly scratch: string;
  readonly now: () => Date;
  readonly newId: () => string;
}

let opened: Promise<Services> | undefined;

/** The services of this process; opened at the first call, and again where that failed. */
export function services(): Promise<Services> {
  if (opened === undefined) {
    opened = openServices(process.env);
    opened.catch(() => (opened = undefined));
  }
  return opened;
}

/** Opens the services that an environment describes. */
export async function openServices(environment: NodeJS.ProcessEnv): Promise<Services> {
  const settings = readSettings(environment);
  const now = (): Date => new Date();
  const newId = (): string => randomUUID();
  const trust = await trustOf(settings, now);
  const stores = await openStores(readStoreSettings(environment));
  const { tables, blobs } = stores;
  const scratch = openScratch(settings.scratch);
  const { localFiles } = settings;
  const storage = stores.service ?? localService(settings, trust);
  const sources = new AssetSources({
    localFiles,
    scratch,
    newId,
    service: storage?.url,
    container: (name) => stores.container(name),
    removeContainer: (name) => stores.removeContainer(name),
    datastore: (name) => places.datastore(name),
    datastores: () => registry.datastores.list(),
    jobOutput: async (name) => destinations.open((await jobs.get(name)).spec.output),
  });
  const registry: Registry = new Registry({
    tables,
    blobs,
    localFiles,
    scratch,
    now,
    newId,
    sources,
    cache: join(settings.scratch, 'assets'),
  });
  const places = placesOf(stores, registry);
  const inputs = new Inputs({
    registry,
    blobs,
    localFiles,
    scratch,
    rules: urlRules(settings.urlSeconds, localFiles),
    datastore: places.datastore,
  });
  const destinations = new Destinations(tables, places);
  const jobs = new JobStore(tables, now);
  const index = new JobIndex(tables);
  const operations = new LongOperations(tables, now, newId);
  const processes = new ProcessRecords(scratch);
  const { anyPython, installers } = settings;
  const making = { processes, anyPython, installers, variables: environment };
  const environments = new VirtualEnvironments(settings.environments, settings.python, making);
  const pool = new WorkerPool(environments, new WorkerFolders(scratch), processes, {
    size: settings.parallelism,
    initSeconds: settings.initSeconds,
    memory: settings.workerMemory,
    idleSeconds: settings.idleSeconds,
  });
  const scorers = (spec: JobSpec): Promise<Scorer> => scorerOf(registry, spec);
  const outbox = new Outbox({ tables, jobs, now });
  const deliveries = new Deliveries({
    outbox,
    rules: { allowLoopback: localFiles, milliseconds: 10_000 },
    token: ownToken,
    now,
    newId,
    random: Math.random,
  });
  const computePlaces = new ComputePlaces({ tables, jobs, computes: registry.computes });
  const starting = {
    ...{ registry, inputs, destinations, jobs, index, places: computePlaces, tables, now, newId },
    localFiles,
    activitySeconds: settings.activitySeconds,
  };
  const scheduleStates = new ScheduleStates(tables, registry.schedules);
  const triggering = {
    ...starting,
    stores: new WatchedStores(registry.datastores, places.datastore),
    blobs,
  };
  const claims = new Claims(tables, jobs, now, settings.claimSeconds);
  const { stateFolder } = settings;
  const watching = { triggers: registry.triggers, open: places.datastore };
  const collected = { tables, blobs, stores, registry, jobs, index, claims, destinations, now };
  const clear = (dryRun: boolean): ReturnType<typeof clearMachine> =>
    clearMachine({ scratch: settings.scratch, environments }, dryRun);
  const collectors = {
    jobs: collectJobs(collected),
    leftovers: collectLeftovers({ ...collected, clearMachine: clear }),
    versions: collectVersions(collected),
    uploads: collectUploads(collected),
    environments: collectEnvironments({ registry, environments, pool }),
  };
  return {
    ...trust,
    settings,
    stores,
    registry,
    inputs,
    destinations,
    jobs,
    index,
    places: computePlaces,
    claims,
    arrivals: new Arrivals(triggering),
    triggerAdvance: new TriggerAdvance(triggering),
    triggering,
    triggerStatus: (trigger) => statusOf(triggering, trigger),
    followUps: [noteOutput(triggering), tellOfEnd({ outbox, deliveries })],
    scheduleStates,
    scheduleRuns: new ScheduleRuns({ ...starting, states: scheduleStates }),
    collections: new Collections({ tables, operations, collectors, now }),
    watchedPlaces: stateFolder === undefined ? undefined : new WatchedPlaces({ ...watching, stateFolder }),
    jobFiles: new JobFiles(blobs, destinations),
    outbox,
    deliveries,
    operations,
    deletions: new Deletions({
      registry,
      openJobs: new OpenJobs(index, jobs),
      places: computePlaces,
      operations,
      tables,
      now,
    }),
    scorings: new JobScorings(jobs, blobs, scorers, inputs),
    scorerOf: scorers,
    environments,
    pool,
    encoder: new RowEncoder(),
    storage,
    scratch,
    now,
    newId,
  };
}

function placesOf(stores: Stores, registry: Registry): Places {
  return {
    localFolder: (path) => Promise.resolve(stores.localFolder(path)),
    datastore: async (name) => {
      const { place } = (await registry.datastores.get(name)).value;
      await registry.datastores.checkPlace(place);
      switch (place.type) {
        case 'Workspace':
          return stores.container(name.toLowerCase());
        case 'LocalFolder':
          return stores.localFolder(place.folder);
        case 'AzureBlob':
          return stores.azureContainer(place);
      }
    },
  };
}

/** The Blob service that the host has in front of the local store, with signatures by the key of the state folder. */
function localService({ blobService: url }: Settings, { access }: Trust): SignedService | undefined {
  if (url === undefined || access === undefined) return undefined;
  const sign: SignedService['sign'] = (container, permissions, expiresOn) =>
    Promise.resolve(access.issue(container, permissions, expiresOn));
  return { url, sign };
}
