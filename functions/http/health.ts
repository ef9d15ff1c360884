import type { HttpRequest } from '@azure/functions';
import { version } from '../../package.json';
import { hostProof } from '../hostProof';
import { openRoute } from './openRoute';
import type { OpenOperation } from './operation';

/**
 * Says that the host is there, without a token: it tells nothing that is not public. Whoever shares its state folder
 * can find out by a challenge whether it is the host of that: before a token goes to it.
 */
const health: OpenOperation = {
  access: 'anybody',
  methods: ['GET'],
  path: 'health',
  summary: 'Says that the host is there.',
  query: [
    {
      name: 'challenge',
      description: 'What the host proves itself with, to those who share its state folder.',
      schema: { type: 'string' },
    },
  ],
  answers: { 200: 'Health' },
};
openRoute('health', health, async (request) => {
  const proof = await proofFor(request);
  return { status: 200, jsonBody: { status: 'Healthy', version, ...(proof === undefined ? {} : { proof }) } };
});

async function proofFor({ query, headers }: HttpRequest): Promise<string | undefined> {
  const challenge = query.get('challenge');
  const host = headers.get('host');
  const stateFolder = process.env['BATCHPOINT_STATE'] ?? '';
  if (challenge === null || host === null || stateFolder === '') return undefined;
  try {
    return (await hostProof(stateFolder)).answer(challenge, host);
  } catch {
    // A key that cannot be read is told by every request that needs it; whoever asked here meets it itself.
    return undefined;
  }
}
