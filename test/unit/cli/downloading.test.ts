import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HttpAnswer } from '../../../cli/client/httpRequest';
import type { Workspace } from '../../../cli/client/workspace';
import { downloadFile } from '../../../cli/downloading/downloadFile';
import { jobFilePath, pieces, type Piece } from '../../../cli/downloading/filePieces';
import { safePath } from '../../../cli/downloading/safePath';

const folder = mkdtempSync(join(tmpdir(), 'download-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the place of a download', () => {
  test.each(['a/b.txt', '..a/b..', '%2e%2e/x', 'a b', '-x', 'C:x', 'a\\b', 'new\nline'])(
    '%j is safe',
    (name) => {
      expect(safePath('/base', name, 'linux')).toBe(`/base/${name}`);
    },
  );

  test.each(['../x', 'a/../../x', '/etc/passwd', 'a//b', './x', '', 'a/', 'x\0y'])(
    '%j is refused',
    (name) => {
      expect(() => safePath('/base', name, 'linux')).toThrow(
        expect.objectContaining({ code: 'DownloadNameUnsafe' }) as Error,
      );
    },
  );

  test.each(['C:x', 'a\\..\\b'])('%j is refused on Windows', (name) => {
    expect(() => safePath('/base', name, 'win32')).toThrow('does not stay in the folder');
  });

  test('is asked for by an escaped path', () => {
    expect(jobFilePath('j', 'a b/%41?#.txt')).toBe('jobs/j/files/a%20b/%2541%3F%23.txt');
  });
});

/** A workspace whose one file is given in such pieces; their sizes may lie. */
function workspaceOf(...answers: Partial<HttpAnswer>[]): { workspace: Workspace; asked: number[] } {
  const asked: number[] = [];
  const piece = (_path: string, offset: number): Promise<HttpAnswer> => {
    asked.push(offset);
    const answer = answers.shift() ?? {};
    return Promise.resolve({ status: 200, headers: {}, body: Buffer.alloc(0), ...answer });
  };
  return { workspace: { piece } as unknown as Workspace, asked };
}

function part(text: string, from: number, size: number): Partial<HttpAnswer> {
  const headers = { 'content-range': `bytes ${from}-${from + text.length - 1}/${size}` };
  return { status: 206, headers, body: Buffer.from(text) };
}

async function all(source: AsyncIterable<Piece>): Promise<string> {
  let text = '';
  for await (const { bytes } of source) text += bytes.toString();
  return text;
}

describe('a file comes', () => {
  test('piece by piece', async () => {
    const { workspace, asked } = workspaceOf(part('abc', 0, 7), part('def', 3, 7), part('g', 6, 7));
    expect(await all(pieces(workspace, jobFilePath('j', 'f')))).toBe('abcdefg');
    expect(asked).toEqual([0, 3, 6]);
  });

  test('in one answer, also where it is empty', async () => {
    expect(
      await all(pieces(workspaceOf({ body: Buffer.from('abc') }).workspace, jobFilePath('j', 'f'))),
    ).toBe('abc');
    expect(await all(pieces(workspaceOf({}).workspace, jobFilePath('j', 'f')))).toBe('');
  });

  test.each([
    ['grows', [part('abc', 0, 7), part('def', 3, 8)]],
    ['stops short', [part('abc', 0, 7), part('', 3, 7)]],
    ['has no length', [{ status: 206, headers: {}, body: Buffer.from('x') }]],
  ])('not where it %s meanwhile', async (_what, answers) => {
    const { workspace } = workspaceOf(...answers);
    await expect(all(pieces(workspace, jobFilePath('j', 'f')))).rejects.toMatchObject({
      code: 'DownloadInterrupted',
    });
  });
});

async function* source(...texts: string[]): AsyncGenerator<Piece> {
  const size = texts.join('').length;
  let offset = 0;
  for (const text of texts) {
    await Promise.resolve();
    yield { bytes: Buffer.from(text), offset, size };
    offset += text.length;
  }
}

describe('a file is written', () => {
  const ignore = (): void => undefined;

  test('whole, with its progress', async () => {
    const path = join(folder, 'new', 'a.txt');
    const seen: [number, number][] = [];
    await downloadFile(path, source('abc', 'de'), (done, size) => seen.push([done, size]));
    expect(readFileSync(path, 'utf8')).toBe('abcde');
    expect(seen).toEqual([
      [3, 5],
      [5, 5],
    ]);
    expect(readdirSync(join(folder, 'new'))).toEqual(['a.txt']);
  });

  test('not at all where it breaks off', async () => {
    const broken = async function* (): AsyncGenerator<Piece> {
      yield* source('abc');
      throw new Error('gone');
    };
    await expect(downloadFile(join(folder, 'broken', 'a'), broken(), ignore)).rejects.toThrow('gone');
    expect(readdirSync(join(folder, 'broken'))).toEqual([]);
  });

  test('not over another one, but it may be there already', async () => {
    const path = join(folder, 'present');
    writeFileSync(path, 'abcde');
    await downloadFile(path, source('abc', 'de'), ignore);
    for (const other of [['abc', 'dX'], ['abc'], ['abc', 'defg'], ['']]) {
      await expect(downloadFile(path, source(...other), ignore)).rejects.toMatchObject({
        code: 'FileExists',
      });
    }
    expect(readFileSync(path, 'utf8')).toBe('abcde');
  });

  test('not through a file that is no folder', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(downloadFile(join(folder, 'file', 'a'), source('x'), ignore)).rejects.toMatchObject({
      code: 'DownloadFailed',
    });
  });
});
