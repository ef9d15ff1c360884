// Loaded into a process with `node --require`: at SIGUSR2 the clock goes by the milliseconds that a file holds.
const { readFileSync } = require('node:fs');

const RealDate = Date;
let shift = 0;

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
  shift = Number(readFileSync(process.env.BATCHPOINT_TEST_SHIFT, 'utf8'));
});
