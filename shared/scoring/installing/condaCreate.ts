/** What conda makes. */
interface CondaEnvironment {
  readonly prefix: string;
  readonly channels: readonly string[];
  /** Python among them. */
  readonly packages: readonly string[];
}

/**
 * The parameters by which conda, mamba and micromamba make an environment. The channel `nodefaults` is none: it says that
 * nothing comes from others than those that are named.
 */
export function condaCreate({ prefix, channels, packages }: CondaEnvironment): string[] {
  const named = channels.filter((channel) => channel !== 'nodefaults');
  return [
    'create',
    '--yes',
    ...['--prefix', prefix],
    ...(named.length < channels.length ? ['--override-channels'] : []),
    ...named.flatMap((channel) => ['--channel', channel]),
    ...packages,
  ];
}
