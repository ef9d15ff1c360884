import { isEnded } from '../../shared/domain/jobState';
import { JobStore } from '../../shared/jobs/jobStore';
import { ClaimFiles } from '../../shared/scoring/claimFiles';
import { Claims } from '../../shared/planning/claims';
import type { BlobStore } from '../../shared/stores/blobStore';
import type { Engine } from './host';

/** A fault that is put into the engine on purpose, to see that the simulation finds it. */
interface Mutation {
  /** What the engine does then. */
  readonly does: string;
  readonly mutate: (engine: Engine) => Engine;
}

/** Faults by the names that the command line knows. */
export const mutations: Readonly<Record<string, Mutation>> = {
  claimsWithoutETag: {
    does: 'writes claims and the record of the job whoever has written them in between',
    mutate: (engine) => {
      const tables = changed(engine.tables, {
        commit: (partition, changes) =>
          engine.tables.commit(
            partition,
            changes.map((change) =>
              change.kind === 'remove' ? change : { kind: 'put', row: change.row, value: change.value },
            ),
          ),
      });
      return { ...engine, claims: new Claims(tables, engine.jobs, engine.now, 0.2) };
    },
  },
  overwritingCommit: {
    does: 'commits the output over whatever has its name',
    mutate: (engine) => ({
      ...engine,
      destinations: changed(engine.destinations, {
        open: async (output) => {
          const destination = await engine.destinations.open(output);
          const { store } = destination;
          return { ...destination, store: changed(store, overwriting(store)) };
        },
      }),
    }),
  },
  blindFinish: {
    does: 'commits what is there, without looking whether a claim has no outcome',
    mutate: (engine) => ({
      ...engine,
      claims: changed(engine.claims, {
        all: async function* (job) {
          for await (const claim of engine.claims.all(job)) {
            const { outcome = { attempt: claim.attempt, parts: {}, digest: '', worker: '' } } = claim;
            yield { ...claim, outcome };
          }
        },
      }),
    }),
  },
  tornRows: {
    does: 'stages what a worker had written as it died',
    mutate: (engine) => {
      const { stage, cutBack } = originals;
      ClaimFiles.prototype.stage = async function (texts) {
        this.cutBack = () => Promise.resolve();
        try {
          return await stage.call(this, texts);
        } finally {
          this.cutBack = cutBack;
        }
      };
      return engine;
    },
  },
  unsealedEnd: {
    does: 'writes the texts of a job before its end is fixed',
    mutate: (engine) => ({
      ...engine,
      jobs: changed(engine.jobs, {
        replace: (key, read, next) =>
          next.times.ending !== undefined && !isEnded(next.state)
            ? Promise.resolve(true)
            : JobStore.prototype.replace.call(engine.jobs, key, read, next),
      }),
    }),
  },
  deafThreshold: {
    does: 'does not stop at the error threshold',
    mutate: (engine) => withSettings(engine, { errorThreshold: -1 }),
  },
  moreTries: {
    does: 'tries a mini-batch twice more than it may',
    mutate: (engine) => withSettings(engine, { maxTries: 5 }),
  },
  sharedParts: {
    does: 'stages the rows of all attempts at a claim to one place',
    mutate: (engine) => {
      const place = (name: string): string => name.replace(/(parts\/-?\d+-\d+)-\d+\./, '$1-1.');
      const { blobs } = engine;
      return {
        ...engine,
        blobs: changed(blobs, {
          stage: (name, path) => blobs.stage(place(name), path),
          read: (name, span) => blobs.read(place(name), span),
          stat: (name) => blobs.stat(place(name)),
          removeAll: (prefix) => blobs.removeAll(place(prefix)),
        }),
      };
    },
  },
  lastPlanWins: {
    does: 'lets a second attempt at planning write the head of the manifest again',
    mutate: (engine) => {
      const { blobs } = engine;
      return {
        ...engine,
        blobs: changed(blobs, { write: (name, content) => blobs.write(name, content) }),
      };
    },
  },
};

const originals = { stage: ClaimFiles.prototype.stage, cutBack: ClaimFiles.prototype.cutBack };

/** The same object with some of its methods replaced. */
function changed<T extends object>(real: T, methods: Partial<T>): T {
  return Object.assign(Object.create(real) as T, methods);
}

function overwriting(store: BlobStore): Partial<BlobStore> {
  return {
    stat: () => Promise.resolve(undefined),
    commit: async (name, parts, metadata) => {
      await store.remove(name);
      return store.commit(name, parts, metadata);
    },
  };
}

/** An engine that takes a job for one with other settings. */
function withSettings(engine: Engine, settings: { errorThreshold?: number; maxTries?: number }): Engine {
  const { jobs } = engine;
  const spec: JobStore['spec'] = async (key) => {
    const read = await JobStore.prototype.spec.call(jobs, key);
    return { ...read, settings: { ...read.settings, ...settings } };
  };
  // Scoring reads the settings once, through the same records.
  jobs.spec = spec;
  return engine;
}
