import { setRunning } from './recordUse';

// Hooks that prepare what several tests use are no tests: what they use is not noted.
beforeEach(() => setRunning(true));
afterEach(() => setRunning(false));
