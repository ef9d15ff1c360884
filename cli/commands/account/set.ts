import { command as define } from '../command';
import { text } from '../options';

export const command = define({
  path: 'account set',
  summary: 'Accepted, and changes nothing: a host has one workspace, in whatever subscription.',
  details: [
    'It is there for scripts that were written for az. The subscription that ids name is that of --subscription.',
  ],
  options: {
    name: text('-s, --name <subscription>', 'A subscription, as with --subscription.'),
  },
  examples: [['Run the first line of a script', 'account set --subscription my-subscription']],
  run: () => Promise.resolve(undefined),
});
