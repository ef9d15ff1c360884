import { commitBytes } from './azure/commitBytes';
import type { Bench } from './figure';
import { roundTrip } from './host/roundTrip';
import { api } from './http/api';
import { engineCost } from './job/engineCost';
import { firstMiniBatch } from './job/firstMiniBatch';
import { manyClaims } from './job/manyClaims';
import { sharedCompute } from './job/sharedCompute';
import { skewedWork } from './job/skewedWork';
import { wholeJob } from './job/wholeJob';
import { scoring } from './scoring/scoringFigures';
import { landing } from './starting/landing';
import { manyLandings } from './starting/manyLandings';
import { schedulesDue } from './starting/schedulesDue';
import { localCommit } from './stores/localCommit';
import { storeCalls } from './stores/storeCalls';

/** All benchmarks, in the order in which they are measured. */
export const benches: readonly Bench[] = [
  wholeJob,
  firstMiniBatch,
  engineCost,
  manyClaims,
  skewedWork,
  sharedCompute,
  localCommit,
  commitBytes,
  landing,
  manyLandings,
  schedulesDue,
  api,
  roundTrip,
  storeCalls,
  scoring,
];

/** Those of these names, in the order of the list. Fails where a name is not known. */
export function benchesNamed(names: readonly string[] | undefined): readonly Bench[] {
  if (names === undefined) return benches;
  const unknown = names.filter((name) => benches.every((bench) => bench.name !== name));
  if (unknown.length > 0)
    throw new Error(
      `There is no benchmark '${unknown.join(', ')}'. There are: ${benches.map(({ name }) => name).join(', ')}.`,
    );
  return benches.filter(({ name }) => names.includes(name));
}
