import { basename } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { shiftClock } from './hostClock';
import { journalWrites } from './journalWrites';

/**
 * Loaded before the host by `node --require`: keeps the journal of its writes, and ends the process where the tests have
 * ordered that. The product knows nothing of it.
 */
const folder = process.env['CHAOS_FOLDER'];
// Other processes of Node, and the threads of this one, may inherit the option; they are left alone.
if (folder !== undefined && isMainThread && basename(process.argv[1] ?? '') === 'main.js') {
  shiftClock(folder);
  journalWrites(folder, process.env['CHAOS_DAMAGE']);
}
