import { app } from '@azure/functions';
import { version } from '../../package.json';

/** Says that the host is there. The one request that needs no token, and it tells nothing that is not public. */
app.http('health', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'health',
  handler: () => Promise.resolve({ status: 200, jsonBody: { status: 'Healthy', version } }),
});
