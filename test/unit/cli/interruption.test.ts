import { Interruption } from '../../../cli/interruption';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('a command that does not end by itself is ended a second after it was interrupted', () => {
  const end = jest.fn();
  const interruption = new Interruption(end);
  interruption.interrupt();
  expect(interruption.signal.aborted).toBe(true);
  jest.advanceTimersByTime(999);
  expect(end).not.toHaveBeenCalled();
  jest.advanceTimersByTime(1);
  expect(end).toHaveBeenCalledTimes(1);
});

test('a second interruption ends it at once', () => {
  const end = jest.fn();
  const interruption = new Interruption(end);
  interruption.interrupt();
  interruption.interrupt();
  expect(end).toHaveBeenCalledTimes(1);
});

test('a command that tidies up is not cut off, and has a moment afterwards to tell of it', async () => {
  const end = jest.fn();
  const interruption = new Interruption(end);
  let finish: () => void = () => undefined;
  const tidied = interruption.tidyUp(() => new Promise<void>((done) => (finish = done)));
  interruption.interrupt();
  jest.advanceTimersByTime(60_000);
  expect(end).not.toHaveBeenCalled();
  finish();
  await tidied;
  jest.advanceTimersByTime(999);
  expect(end).not.toHaveBeenCalled();
  jest.advanceTimersByTime(1);
  expect(end).toHaveBeenCalledTimes(1);
});
