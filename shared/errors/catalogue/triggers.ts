import type { ErrorEntry } from '../errorEntry';

/** Triggers: what can be wrong with them, and why a file that has landed gets no job. */
export const triggerErrors = {
  TriggerInvalid: {
    status: 400,
    text: "'{field}' of a trigger cannot be so: {reason}.",
  },
  TriggerOutputInvalid: {
    status: 400,
    text: "The output '{output}' of the trigger cannot be used: {reason}.",
  },
  TriggerWatchesOwnOutput: {
    status: 400,
    text: 'The trigger would start itself: its jobs write to {output}, which lies in what it watches, {watched}. Write elsewhere, or leave the outputs out with a pattern of exclude.',
  },
  TriggerCycle: {
    status: 400,
    text: 'The trigger would start itself: outputs lead from trigger to trigger as {way}. Watch or write something else.',
  },
  TriggerFileGone: {
    status: 404,
    text: "The file '{path}' was gone before its job was made.",
  },
  TriggerFileReplaced: {
    status: 409,
    text: "The file '{path}' was replaced before its job was made. Its new version has a job of its own.",
  },
  TriggerFileOwn: {
    status: 409,
    text: "'{path}' was written by job '{job}', which this trigger has led to, so it is left alone: it would trigger itself for ever.",
  },
  TriggerOutputMissing: {
    status: 409,
    text: "Job '{job}' has no predictions file that the trigger could take for its input.",
  },
} as const satisfies Record<string, ErrorEntry>;
