// Loaded into a process with `node --require`: the clock goes by the milliseconds that a file holds, which is read when the
// process starts, where it is there, and at SIGUSR2.
const { existsSync, readFileSync } = require('node:fs');

const RealDate = Date;
const file = process.env.BATCHPOINT_TEST_SHIFT;
let shift = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;

globalThis.Date = class Date extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(RealDate.now() + shift);
    else super(...parts);
  }

  static now() {
    return RealDate.now() + shift;
  }
};

process.on('SIGUSR2', () => {
  shift = Number(readFileSync(file, 'utf8'));
});
