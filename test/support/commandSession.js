// Runs one command line after the other, each a JSON list on a line of standard input, and answers how it has ended.
const { createInterface } = require('node:readline');
const { run } = require(process.argv[2]);

const answer = process.stdout.write.bind(process.stdout);
const written = { stdout: '', stderr: '' };
for (const name of ['stdout', 'stderr'])
  process[name].write = (text, ...rest) => {
    written[name] += text;
    rest.find((one) => typeof one === 'function')?.();
    return true;
  };
// Each command listens for signals.
process.setMaxListeners(0);

void (async () => {
  for await (const line of createInterface({ input: process.stdin })) {
    Object.assign(written, { stdout: '', stderr: '' });
    process.exitCode = undefined;
    await run(JSON.parse(line));
    answer(`${JSON.stringify({ code: process.exitCode ?? 0, ...written })}\n`);
  }
  process.exitCode = 0;
})();
