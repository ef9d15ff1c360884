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
  StateFolderNewer: {
    status: 500,
    text: "The state folder '{folder}' was written by a newer version (format {found}; this one knows formats up to {known}). Update Batchpoint, or name another folder in BATCHPOINT_STATE.",
  },
  FeatureNotSupported: {
    status: 501,
    text: 'The embedded host does not support {feature}. {advice}',
  },
  CommandLineInvalid: {
    status: 400,
    text: 'The command line of the host is not as expected: {reason}. It is --app <folder> --state <folder> [--port N] [--https-port N] [--idle-seconds N] [--log FILE] [--trace FILE].',
  },
  AppFolderInvalid: {
    status: 500,
    text: "The folder '{folder}' does not hold a Functions app: {reason}.",
  },
  HostFileInvalid: {
    status: 500,
    text: "The setting '{field}' of host.json must be {expected}, but it is {found}.",
  },
  FunctionNameTaken: {
    status: 500,
    text: "Two functions of the app are named '{name}'. HTTP functions, activities and orchestrators share one name space, without regard to case.",
  },
  FunctionRegisteredLate: {
    status: 500,
    text: "The function '{name}' was registered after the app had started. Register functions while the app's modules load.",
  },
  RouteInvalid: {
    status: 500,
    text: "The route '{route}' of the function '{name}' cannot be served: {reason}.",
  },
  ScheduleInvalid: {
    status: 500,
    text: "The schedule '{schedule}' of the function '{name}' is not a NCRONTAB expression of six fields (second, minute, hour, day, month, day of the week): {reason}.",
  },
  HostHeaderRefused: {
    status: 403,
    text: "This host serves 127.0.0.1 and localhost at its own port, and the request was for '{host}'. Use the address that the host tells.",
  },
  HostNotReady: {
    status: 503,
    text: 'The host {reason}. Try again in a moment.',
    retryable: true,
  },
  PathInvalid: {
    status: 400,
    text: "The path '{path}' cannot be read: it has to start with a slash, and a % has to begin the escape of a UTF-8 character.",
  },
  RequestBodyTooLarge: {
    status: 413,
    text: 'The body of the request is larger than {limit} bytes.',
  },
} as const satisfies Record<string, ErrorEntry>;
