import type { Shell } from '../completing/scripts';
import { command as define, type Command, type Example } from './command';

const installing: Readonly<Record<Shell, readonly [Example, ...Example[]]>> = {
  bash: [
    ['Complete in this shell', 'completion bash > /tmp/batchpoint.bash && source /tmp/batchpoint.bash'],
    [
      'Complete in every shell from now on',
      'completion bash > ~/.local/share/bash-completion/completions/batchpoint',
    ],
  ],
  zsh: [
    ['Complete in this shell', 'completion zsh > /tmp/batchpoint.zsh && source /tmp/batchpoint.zsh'],
    ['Complete in every shell from now on', 'completion zsh > "${fpath[1]}/_batchpoint"'],
  ],
  fish: [
    ['Complete in this shell', 'completion fish | source'],
    ['Complete in every shell from now on', 'completion fish > ~/.config/fish/completions/batchpoint.fish'],
  ],
};

const needs: Readonly<Record<Shell, string>> = {
  bash: 'It needs bash 4 or later.',
  zsh: 'It needs the completion of zsh: autoload -U compinit && compinit in ~/.zshrc.',
  fish: 'It needs nothing else.',
};

/** The command that prints the completion script of a shell. */
export function completionCommand(shell: Shell): Command<Record<never, never>> {
  return define({
    path: `completion ${shell}`,
    summary: `Print the script that completes command lines in ${shell}.`,
    details: [
      'It completes groups, commands, options, fixed values and files; and names of endpoints, deployments, jobs, ' +
        `assets and the like where a host runs. It never starts one, and never waits for long. ${needs[shell]}`,
    ],
    options: {},
    examples: installing[shell],
    run: async (_values, { terminal }) => {
      const { completionScripts } = await import('../completing/scripts.js');
      terminal.print(completionScripts[shell]);
    },
  });
}
