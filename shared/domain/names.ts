/** Names of endpoints, deployments, models and the like: 3 to 32 characters, as in Azure. */
export const resourceNamePattern = '^[a-zA-Z][-a-zA-Z0-9]+[a-zA-Z0-9]$';

/** Names of models, environments, data and other assets, which may be longer and hold dots and underscores. */
export const assetNamePattern = '^[a-zA-Z0-9][-a-zA-Z0-9._]{0,254}$';

/** Names of jobs: what fits into a path, up to 255 characters. */
export const jobNamePattern = '^[a-zA-Z0-9][-a-zA-Z0-9_]{0,254}$';

/** Names of schedules: with the time of a run behind them they are names of jobs. */
export const scheduleNamePattern = '^[a-zA-Z0-9][-a-zA-Z0-9_]{0,199}$';
