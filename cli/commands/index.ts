import type { AnyCommand } from './command';

/** Loads a command: only the one that is called, as loading is most of what a short command does. */
export type Load = () => Promise<{ readonly command: unknown }>;

/** Commands that belong together. */
export interface Group {
  readonly summary: string;
  readonly commands: Readonly<Record<string, Load>>;
}

/** The commands in groups, in the order of the help. */
export const groups: Readonly<Record<string, Group>> = {
  endpoint: {
    summary: 'Endpoints, their deployments and their traffic; invoking them.',
    commands: {
      create: () => import('./endpoint/create.js'),
      show: () => import('./endpoint/show.js'),
      list: () => import('./endpoint/list.js'),
      update: () => import('./endpoint/update.js'),
      delete: () => import('./endpoint/delete.js'),
      invoke: () => import('./endpoint/invoke.js'),
      'list-jobs': () => import('./endpoint/listJobs.js'),
    },
  },
  'batch-endpoint': {
    summary: 'Endpoints, in the form of today; invoking them.',
    commands: {
      create: () => import('./batchEndpoint/create.js'),
      show: () => import('./batchEndpoint/show.js'),
      list: () => import('./batchEndpoint/list.js'),
      update: () => import('./batchEndpoint/update.js'),
      delete: () => import('./batchEndpoint/delete.js'),
      'list-jobs': () => import('./batchEndpoint/listJobs.js'),
      invoke: () => import('./batchEndpoint/invoke.js'),
    },
  },
  'batch-deployment': {
    summary: 'Deployments of endpoints, in the form of today.',
    commands: {
      create: () => import('./batchDeployment/create.js'),
      show: () => import('./batchDeployment/show.js'),
      list: () => import('./batchDeployment/list.js'),
      update: () => import('./batchDeployment/update.js'),
      delete: () => import('./batchDeployment/delete.js'),
      'list-jobs': () => import('./batchDeployment/listJobs.js'),
      try: () => import('./batchDeployment/try.js'),
    },
  },
  deployment: {
    summary: 'Deployments before they are created: try them on some files.',
    commands: {
      try: () => import('./deployment/try.js'),
    },
  },
  job: {
    summary: 'Jobs: follow them, look at them, stop them, get their output.',
    commands: {
      show: () => import('./job/show.js'),
      stream: () => import('./job/stream.js'),
      list: () => import('./job/list.js'),
      cancel: () => import('./job/cancel.js'),
      rerun: () => import('./job/rerun.js'),
      download: () => import('./job/download.js'),
      update: () => import('./job/update.js'),
      archive: () => import('./job/archive.js'),
      restore: () => import('./job/restore.js'),
    },
  },
  model: {
    summary: 'Models: files or folders, in versions that never change.',
    commands: {
      create: () => import('./model/create.js'),
      show: () => import('./model/show.js'),
      list: () => import('./model/list.js'),
      update: () => import('./model/update.js'),
      archive: () => import('./model/archive.js'),
      restore: () => import('./model/restore.js'),
      delete: () => import('./model/delete.js'),
      download: () => import('./model/download.js'),
    },
  },
  data: {
    summary: 'Data assets: names for inputs.',
    commands: {
      create: () => import('./data/create.js'),
      show: () => import('./data/show.js'),
      list: () => import('./data/list.js'),
      update: () => import('./data/update.js'),
      archive: () => import('./data/archive.js'),
      restore: () => import('./data/restore.js'),
      delete: () => import('./data/delete.js'),
    },
  },
  environment: {
    summary: 'Environments: what scoring scripts need to be installed.',
    commands: {
      create: () => import('./environment/create.js'),
      show: () => import('./environment/show.js'),
      list: () => import('./environment/list.js'),
      update: () => import('./environment/update.js'),
      archive: () => import('./environment/archive.js'),
      restore: () => import('./environment/restore.js'),
      check: () => import('./environment/check.js'),
      dockerfile: () => import('./environment/dockerfile.js'),
      delete: () => import('./environment/delete.js'),
    },
  },
  compute: {
    summary: 'Computes: bounds on how much runs at once.',
    commands: {
      create: () => import('./compute/create.js'),
      show: () => import('./compute/show.js'),
      list: () => import('./compute/list.js'),
      update: () => import('./compute/update.js'),
      delete: () => import('./compute/delete.js'),
    },
  },
  datastore: {
    summary: 'Datastores: places for inputs and outputs.',
    commands: {
      create: () => import('./datastore/create.js'),
      show: () => import('./datastore/show.js'),
      list: () => import('./datastore/list.js'),
      update: () => import('./datastore/update.js'),
      delete: () => import('./datastore/delete.js'),
    },
  },
  schedule: {
    summary: 'Schedules: jobs that are started by the clock.',
    commands: {
      create: () => import('./schedule/create.js'),
      show: () => import('./schedule/show.js'),
      list: () => import('./schedule/list.js'),
      update: () => import('./schedule/update.js'),
      enable: () => import('./schedule/enable.js'),
      disable: () => import('./schedule/disable.js'),
      trigger: () => import('./schedule/trigger.js'),
      delete: () => import('./schedule/delete.js'),
    },
  },
  trigger: {
    summary: 'Triggers: jobs that are started by files that land.',
    commands: {
      create: () => import('./trigger/create.js'),
      show: () => import('./trigger/show.js'),
      list: () => import('./trigger/list.js'),
      update: () => import('./trigger/update.js'),
      pause: () => import('./trigger/pause.js'),
      resume: () => import('./trigger/resume.js'),
      delete: () => import('./trigger/delete.js'),
      'list-files': () => import('./trigger/listFiles.js'),
    },
  },
  notification: {
    summary: 'Notifications: what is told of jobs that have ended, and what nobody has taken.',
    commands: {
      list: () => import('./notification/list.js'),
      show: () => import('./notification/show.js'),
      resend: () => import('./notification/resend.js'),
      delete: () => import('./notification/delete.js'),
      secret: () => import('./notification/secret.js'),
    },
  },
  completion: {
    summary: 'Completion of command lines in your shell.',
    commands: {
      bash: () => import('./completion/bash.js'),
      zsh: () => import('./completion/zsh.js'),
      fish: () => import('./completion/fish.js'),
    },
  },
  account: {
    summary: 'Tokens for requests of your own, and what other clients need.',
    commands: {
      show: () => import('./account/show.js'),
      set: () => import('./account/set.js'),
      'client-environment': () => import('./account/clientEnvironment.js'),
      'get-access-token': () => import('./account/getAccessToken.js'),
    },
  },
};

/** Commands that stand alone. */
export const singleCommands: Readonly<Record<string, Load>> = {
  up: () => import('./up.js'),
  configure: () => import('./configure.js'),
  gc: () => import('./gc.js'),
};

/** Loads the definition of a command. */
export async function loadCommand(load: Load): Promise<AnyCommand> {
  return (await load()).command as AnyCommand;
}
