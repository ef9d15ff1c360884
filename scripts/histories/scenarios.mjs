// What the activities of each job answer, call by call; the last answer stays. `scoreNext:1` is that of lane 1 alone.
const more = { more: true };
const none = { more: false };
const ended = { open: [], left: 0 };
const openClaim = { lane: 1, sequence: 0, from: 4, to: 8 };

/** Jobs by name. */
export const scenarios = {
  oneLane: { planJob: [{ lanes: 1 }], scoreNext: [more, more, none], finishJob: [ended] },
  severalLanes: { planJob: [{ lanes: 3 }], scoreNext: [more, none], finishJob: [ended] },
  groups: { planJob: [{ lanes: 45 }], scoreNext: [none], finishJob: [ended] },
  nothingToScore: { planJob: [{ lanes: 0 }], finishJob: [ended] },
  continuedAsNew: {
    planJob: [{ lanes: 1 }],
    scoreNext: [...Array.from({ length: 12 }, () => more), none],
    finishJob: [ended],
  },
  sameClaimAgain: {
    planJob: [{ lanes: 1 }],
    scoreNext: [more, { more: true, again: true }, none],
    finishJob: [ended],
  },
  retries: {
    planJob: [{ fail: 'the store was away' }, { lanes: 1 }],
    scoreNext: [more, { fail: 'the worker process has ended' }, none],
    finishJob: [{ fail: 'the store was away' }, ended],
  },
  repair: {
    planJob: [{ lanes: 2 }],
    scoreNext: [none],
    finishJob: [{ open: [openClaim], left: 1 }, ended],
  },
  // One that is cancelled has no more claims, and its lanes end.
  cancelled: { planJob: [{ lanes: 2 }], scoreNext: [none], finishJob: [ended] },
  laneFails: {
    planJob: [{ lanes: 2 }],
    'scoreNext:0': [{ fail: 'the disk is gone' }],
    'scoreNext:1': [more, none],
    finishJob: [ended],
  },
  planFails: { planJob: [{ fail: 'the store is gone' }], finishJob: [ended] },
  waitsForAdmission: {
    planJob: [{ lanes: 0, wait: true }, { lanes: 1 }],
    scoreNext: [none],
    finishJob: [ended],
  },
  waitsForPlace: {
    planJob: [{ lanes: 1 }],
    scoreNext: [more, { more: true, again: true, wait: true }, more, none],
    finishJob: [ended],
  },
};
