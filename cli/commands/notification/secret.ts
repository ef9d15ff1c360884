import { randomBytes } from 'node:crypto';
import { command as define } from '../command';

/** Bytes of a new secret. */
const secretBytes = 32;

export const command = define({
  path: 'notification secret',
  summary: 'Make a secret by which a webhook is signed.',
  details: [
    'Give it to the webhook in the file, and to whoever receives it. It is printed here and nowhere else: the host shows ' +
      'no secret.',
  ],
  options: {},
  examples: [['Make a secret', 'notification secret -o tsv']],
  columns: [['Secret', 'secret']],
  run: () => Promise.resolve({ secret: `whsec_${randomBytes(secretBytes).toString('base64')}` }),
});
