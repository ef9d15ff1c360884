import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { SettledClaims, type SettledClaim } from '../../../shared/outputs/settledClaims';

describe('the settled claims of a job', () => {
  let scratch: string;

  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), 'batchpoint-claims-'));
  });

  afterAll(() => {
    rmSync(scratch, { recursive: true, force: true });
  });

  const claim = (from: number, lane: number): SettledClaim => ({
    lane,
    sequence: from,
    from,
    to: from + 1,
    outcome: { attempt: 1, parts: { rows: from + 1 }, digest: `digest ${from}`, worker: `node/${lane}\n` },
  });

  async function kept(claims: readonly SettledClaim[], most: number): Promise<SettledClaims> {
    const settled = new SettledClaims(scratch, most);
    for (const one of claims) await settled.add(one);
    await settled.finish();
    return settled;
  }

  async function walked(settled: SettledClaims): Promise<SettledClaim[]> {
    const found: SettledClaim[] = [];
    for await (const one of settled) found.push(one);
    return found;
  }

  test.each([0, 3, 1000])(
    'come in the order of their mini-batches, with %s of them in memory',
    async (most) => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.nat({ max: 4 }), { maxLength: 60 }), async (lanes) => {
          const inOrder = lanes.map((lane, from) => claim(from, lane));
          // As a store gives them: lane by lane.
          const settled = await kept(
            [...inOrder].sort((a, b) => a.lane - b.lane || a.sequence - b.sequence),
            most,
          );
          expect(await walked(settled)).toEqual(inOrder);
          expect(await walked(settled)).toEqual(inOrder);
          await settled.close();
        }),
        { numRuns: 25 },
      );
      expect(readdirSync(scratch)).toEqual([]);
    },
  );

  test('come in that order however they were added', async () => {
    const order = Array.from({ length: 500 }, (_, i) => (i * 7919) % 500);
    const settled = await kept(
      order.map((from) => claim(from, 0)),
      10,
    );
    expect((await walked(settled)).map(({ from }) => from)).toEqual(Array.from({ length: 500 }, (_, i) => i));
    await settled.close();
  });

  test('give the process turns for other work while they are walked through', async () => {
    const settled = await kept(
      Array.from({ length: 20_000 }, (_, from) => claim(from, 0)),
      0,
    );
    let turns = 0;
    const turn = (): void => void (turns++, (timer = setImmediate(turn)));
    let timer = setImmediate(turn);
    await walked(settled);
    clearImmediate(timer);
    expect(turns).toBeGreaterThan(1);
    await settled.close();
  });

  test('leave nothing on disk, also where nobody walks through to the end', async () => {
    const settled = await kept([claim(0, 0), claim(1, 1), claim(2, 0)], 1);
    for await (const { from } of settled) if (from === 1) break;
    expect(readdirSync(scratch)).toHaveLength(1);
    await settled.close();
    expect(readdirSync(scratch)).toEqual([]);
    expect(existsSync(scratch)).toBe(true);
  });
});
