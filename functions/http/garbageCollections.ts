import { collectedKinds } from '../../shared/collecting/collection';
import { secondsOf } from '../../shared/invocation/settingsOf';
import { restBodies } from '../../shared/schemas/restBodies';
import { acceptedAnswer, acceptedHeaders } from './longOperations';
import type { Operation } from './operation';
import { route } from './route';

const collectGarbage: Operation = {
  audience: 'management',
  role: 'Endpoints.Write',
  methods: ['POST'],
  path: 'collectGarbage',
  summary:
    'Frees what nothing uses any more, or tells what that is. Its operation says how far it is, and what it freed.',
  body: 'garbageCollection',
  answers: { 202: 'Nothing' },
  answerHeaders: acceptedHeaders,
};
route('collectGarbage', collectGarbage, async (call) => {
  const { olderThan, dryRun, only = collectedKinds } = restBodies.garbageCollection(await call.json());
  const operation = await call.services.collections.begin({
    only,
    dryRun,
    olderThan: secondsOf(olderThan),
  });
  return acceptedAnswer(call, operation);
});
