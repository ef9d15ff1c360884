import type { ErrorEntry } from '../errorEntry';

/** Triggers: what can be wrong with them. */
export const triggerErrors = {
  TriggerInvalid: {
    status: 400,
    text: "'{field}' of a trigger cannot be so: {reason}.",
  },
  TriggerOutputInvalid: {
    status: 400,
    text: "The output '{output}' of the trigger cannot be used: {reason}.",
  },
} as const satisfies Record<string, ErrorEntry>;
