import { command as define } from './command';
import { text, toggle, wholeNumber } from './options';

export const command = define({
  path: 'up',
  summary: 'Run the host in the foreground, until Ctrl-C.',
  details: [
    'Other commands start a host by themselves, which ends when it has nothing to do. This one stays, tells what it ' +
      'does, and can have a fixed port. When it ends, running jobs rest, and go on with the next host.',
  ],
  options: {
    port: wholeNumber(
      '--port <number>',
      'The port of 127.0.0.1; a free one where it is left out.',
      0,
      65_535,
    ),
    httpsPort: wholeNumber(
      '--https-port <number>',
      'Another port, for HTTPS, with a certificate of the state folder; 0 for a free one.',
      0,
      65_535,
    ),
    anyPython: toggle(
      '--allow-python-mismatch',
      'Let environments be made with another Python than they ask for, where that is missing: each job says what differs.',
    ),
    state: text('--state <folder>', 'The state folder, instead of BATCHPOINT_STATE.'),
  },
  examples: [
    ['Run the host', 'up'],
    ['Run it for the Python package azure-ai-ml, which needs HTTPS', 'up --https-port 7443'],
    ['Run it at a fixed port, with a state folder of its own', 'up --port 7071 --state /var/lib/batchpoint'],
  ],
  run: async ({ port, httpsPort, state, anyPython }, context) => {
    const { runHost } = await import('../host/runHost.js');
    await runHost(context, { port, httpsPort, state, anyPython });
  },
});
