import { HostProof, newChallenge } from '../../../shared/security/hostProof';

describe('the proof of a host', () => {
  const proof = new HostProof(new Uint8Array(32).fill(1));
  const host = '127.0.0.1:4000';

  test('is accepted by whoever has the same key', () => {
    const challenge = newChallenge();
    expect(proof.isAnswer(proof.answer(challenge, host), challenge, host)).toBe(true);
  });

  test('is not that of another challenge, another address or another key', () => {
    const challenge = newChallenge();
    const other = new HostProof(new Uint8Array(32).fill(2));
    expect(proof.isAnswer(proof.answer(newChallenge(), host), challenge, host)).toBe(false);
    expect(proof.isAnswer(proof.answer(challenge, '127.0.0.1:4001'), challenge, host)).toBe(false);
    expect(proof.isAnswer(other.answer(challenge, host), challenge, host)).toBe(false);
  });

  test.each([undefined, null, 7, '', 'short', 'A'.repeat(44)])('is not %p', (answer) => {
    expect(proof.isAnswer(answer, newChallenge(), host)).toBe(false);
  });

  test.each(['', 'short', 'with\na line of its own that is long', 'A'.repeat(33)])(
    'is not given for %p',
    (challenge) => {
      expect(proof.answer(challenge, host)).toBeUndefined();
    },
  );
});
