import { failure } from '../errors/batchpointError';
import { parseInputUri } from '../inputs/inputUri';
import { outputOf } from '../invocation/outputOf';
import type { Registry } from '../registry/registry';
import { nextDue } from './dueTimes';
import { checkPlaces, expandPlaces } from './places';
import type { Schedule } from './schedule';

/** The paths of the runs of a schedule, with when these are due. */
interface RunPaths extends Pick<Schedule, 'input' | 'when' | 'createdAt'> {
  readonly output: string | undefined;
  /** The schedule that is there: what it has was checked when it was written. */
  readonly present: Schedule | undefined;
}

interface PathContext {
  readonly registry: Registry;
  readonly localFiles: boolean;
  readonly now: () => Date;
}

/** So many runs are held against each other. */
const runsCompared = 3;

/**
 * Checks input and output of a schedule as its next runs will have them: their form, the places in them, that their
 * datastores are there, and that no two runs have one output. Fails with `SchedulePlaceInvalid`, `UriInvalid`,
 * `OutputInvalid`, `LocalPathNotShared`, `ResourceNotFound` or `ScheduleOutputRepeats`.
 */
export async function checkRunPaths(paths: RunPaths, context: PathContext): Promise<void> {
  const { input, output, present } = paths;
  const dues = nextDues(paths, context.now(), runsCompared);
  const [first = context.now()] = dues;
  const { timeZone } = paths.when;
  if (input.type === 'path') {
    checkPlaces(input.path);
    const isNew = present?.input.type !== 'path' || present.input.path !== input.path;
    await checkInput(expandPlaces(input.path, first, timeZone), isNew, context);
  } else if (present?.input.type !== 'newestOutput' || present.input.endpoint !== input.endpoint) {
    const { name } = await context.registry.endpoints.get(input.endpoint);
    if (input.deployment !== undefined) await context.registry.deployments(name).get(input.deployment);
  }
  if (output === undefined) return;
  checkPlaces(output);
  const uri = expandPlaces(output, first, timeZone);
  const { localFiles } = context;
  const place = outputOf({ outputData: { score: { uri } } }, { job: '', fileName: '', localFiles });
  if (place.kind === 'datastore' && present?.output !== output)
    await context.registry.datastores.get(place.datastore);
  refuseRepeats(output, timeZone, dues);
}

async function checkInput(uri: string, isNew: boolean, { registry, localFiles }: PathContext): Promise<void> {
  const parsed = parseInputUri(uri);
  if (parsed.kind === 'local' && !localFiles) throw failure('LocalPathNotShared', { path: parsed.path });
  if (parsed.kind === 'datastore' && isNew) await registry.datastores.get(parsed.datastore);
}

/** The second of two runs with one output would fail, as an output that exists is never written over. */
function refuseRepeats(output: string, timeZone: string, dues: readonly Date[]): void {
  const made = new Map<string, Date>();
  for (const due of dues) {
    const uri = expandPlaces(output, due, timeZone);
    const earlier = made.get(uri);
    if (earlier !== undefined) {
      const [one, other] = [earlier.toISOString(), due.toISOString()];
      throw failure('ScheduleOutputRepeats', { output: uri, one, other, place: '{schedule:yyyyMMddTHHmm}' });
    }
    made.set(uri, due);
  }
}

function nextDues(timed: Pick<Schedule, 'when' | 'createdAt'>, after: Date, count: number): Date[] {
  const dues: Date[] = [];
  for (let last = after; dues.length < count;) {
    const due = nextDue(timed, last);
    if (due === undefined) break;
    dues.push(due);
    last = due;
  }
  return dues;
}
