/** Scenarios that are not run as they were recorded, and why. */
export const leftOut: Readonly<Record<string, string>> = {
  _startup: 'No scenario: registrations.test.ts compares it.',
  blobTrigger: 'Blob and queue triggers are not supported: an app with one is refused at the start.',
  callHttp: 'Durable HTTP calls are not supported: the orchestration fails at once.',
  entity: 'Entities may be registered, but not used: the operation fails at once.',
  missingActivity: 'The real host waits for ever; here the activity fails at once.',
  sigterm:
    'Takes 40 seconds and the recording shows leases of Azure Storage; crashes.test.ts has the like in short.',
  workerCrash:
    'App and host share a process here: process.exit ends both, and the next start runs the activity again.',
  kill9: 'Has a test of its own, as the host is killed in the middle: killed.test.ts.',
  functionTimeout: 'Has a test of its own, as it needs another host.json: functionTimeout.test.ts.',
  getStatusBy: 'Lists what earlier recordings left in their storage: listing.test.ts has the like.',
  webhooks: 'Holds no function calls: webhooks.test.ts sends its requests.',
  timerTrigger: 'Holds no function calls: timerTick.test.ts compares a tick.',
};

/**
 * Scenarios in which tasks run side by side. In which turn each end is seen, and which failure is seen first, is a
 * matter of time: two runs of the real host differ in this too. What is compared of the instances named here is
 * everything that was scheduled, everything that came, and the last answer. fedTurns.test.ts is strict about their
 * turns too: there each turn is given exactly what it was given in the recording.
 */
export const sideBySide: Readonly<Record<string, RegExp>> = {
  fanout50: /^fanout-/,
  fanoutAllFail: /^fanoutAllFail-/,
  subOrchestration: /^parent-\d+$/,
  eventLoop: /^evl-/,
};

/**
 * Activities that the real host ran and this one does not. A replay that departs from its history fails the instance;
 * the real host still begins what that replay asked for.
 */
export const notRun: Readonly<Record<string, string>> = { nondeterminism: 'noop' };

/** Scenarios whose status was taken before the recording ended the instance. */
export const earlyStatus: readonly string[] = ['longTimer'];

/** What is left out of the answers of single scenarios before they are compared, and why. */
export const exceptions: Readonly<Record<string, (text: string) => string>> = {
  // Of two activities that fail at the same time either may be first.
  fanoutAllFail: (text) =>
    text.replace(/boom [12]/g, 'boom <first>').replace(/functions\.js:\d+:\d+/g, '<line>'),
  // The error that carries the string is made by the worker of the real host, with its own frames in the stack.
  stringThrow: (text) => text.replace(/(Error: just a string)(?:\\+n\s{4}at [^"\\]*)+/g, '$1'),
  // The ids had been used before in the storage of the recording.
  'startNew-unknown': (text) => text.replace(/"Generation":\d/g, '"Generation":0'),
};
