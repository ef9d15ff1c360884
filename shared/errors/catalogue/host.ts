import type { ErrorEntry } from '../errorEntry';

/** What the embedded host reports when it cannot start or cannot do what an app asks of it. */
export const hostErrors = {
  PortTaken: {
    status: 500,
    text: 'Port {port} of 127.0.0.1 is taken by another program. Choose another with --port, or leave it out to get a free one.',
  },
  StateFolderHeld: {
    status: 409,
    text: "The state folder '{folder}' is held by another host (process {pid}). Use that one, stop it, or name another folder in BATCHPOINT_STATE.",
  },
  FeatureNotSupported: {
    status: 501,
    text: 'The embedded host does not support {feature}. {advice}',
  },
} as const satisfies Record<string, ErrorEntry>;
