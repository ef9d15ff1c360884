// Tests wait for events, not for the clock: the limit is only there for what never comes.
jest.setTimeout(120_000);
