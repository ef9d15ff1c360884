import { useWorkspace } from '../../support/useWorkspace';

const script = `
import datetime
def run(mini_batch):
    return [{"n": int(open(path).read()), "half": int(open(path).read()) / 2, "text": "a, \\"b\\"\\n", "none": None,
             "when": datetime.datetime(2026, 1, 2, 3, 4, 5), "more": {"x": [1, None, float("nan")]}} for path in mini_batch]
`;

describe('the output of a job', () => {
  const workspace = useWorkspace();

  async function predictions(name: string, outputOptions: object): Promise<string> {
    await workspace().endpoint(name, script, { miniBatchSize: 2, outputOptions });
    const job = await workspace().run(await workspace().invoke(name, workspace().inputs(3)));
    expect(job.run.error).toBeUndefined();
    return workspace().predictions(job);
  }

  test('is CSV with quotes where they are needed', async () => {
    expect(await predictions('csv', { format: 'csv', header: true })).toBe(
      [
        'n,half,text,none,when,more',
        ...[0, 1, 2].map((n) => `${n},${n / 2},"a, ""b""\n",,2026-01-02T03:04:05,"{""x"":[1,null,null]}"`),
        '',
      ].join('\n'),
    );
  });

  test('is a JSON object for each row', async () => {
    const lines = (await predictions('jsonl', { format: 'jsonl', include: ['mini_batch', 'file', 'row'] }))
      .trimEnd()
      .split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
      [0, 1, 2].map((n) => ({
        mini_batch: Math.floor(n / 2),
        file: `f00000${n}.txt`,
        row: n % 2,
        n,
        half: n / 2,
        text: 'a, "b"\n',
        none: null,
        when: '2026-01-02T03:04:05',
        more: { x: [1, null, null] },
      })),
    );
  });
});
