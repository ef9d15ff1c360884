import { join } from 'node:path';
import { hostEnvironment } from '../../../local/hostEnvironment';

describe('The environment of an app', () => {
  test('gets what is missing, and always the state folder', () => {
    const given = { BATCHPOINT_STORAGE: 'azure', BATCHPOINT_STATE: '/elsewhere' };
    const added = hostEnvironment('/state', given);
    expect(added).toMatchObject({ BATCHPOINT_STATE: '/state', BATCHPOINT_LOCAL_FILES: 'true' });
    expect(added).not.toHaveProperty('BATCHPOINT_STORAGE');
    expect(added.BATCHPOINT_SCRATCH).toBe(join('/state', 'scratch'));
    expect(added.BATCHPOINT_ENVIRONMENTS).toBe(join('/state', 'environments'));
  });
});
