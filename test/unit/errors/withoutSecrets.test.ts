import { errorReport } from '../../../shared/errors/errorReport';
import { failure } from '../../../shared/errors/batchpointError';
import { catalogue } from '../../../shared/errors/catalogue';
import { withoutSecrets } from '../../../shared/errors/withoutSecrets';

const key64 = Buffer.alloc(64, 9).toString('base64');
const signature = Buffer.alloc(32, 9).toString('base64');

test.each([
  'https://a.b/c?sv=1&sig=S3cret%2B%2F%3D&se=2',
  'https%3A%2F%2Fa.b%2Fc%3Fsig%3DS3cret',
  'AccountName=a;AccountKey=S3cret==;EndpointSuffix=x',
  'SharedAccessSignature=S3cret&sig=S3cret',
  'Endpoint=sb://a;SharedAccessKeyName=x;SharedAccessKey=S3cret',
  'Authorization: Bearer S3cret',
  "{ 'authorization': 'Bearer S3cret' }",
  '{"authorization":"SharedKey acme:S3cret"}',
  JSON.stringify({ text: '{"Authorization":"Bearer S3cret"}' }),
  'SharedKeyLite acme:S3cret',
  `bearer ${'S3cret'.repeat(3)}`,
  'a token eyJhbGciOiJS3cret.eyJzdWIiOiJS3cret.S3cret in a text',
  'a token eyJhbGciOiJS3cret.eyJzdWIiOiJS3cret. without a signature',
  'http://user:S3cret@example.com/path',
  'http://:S3cret@example.com/path',
  'Looking in indexes: https://S3cret@example.com/simple',
  'http://127.0.0.1:1/studio/jobs/a?token=S3cret',
  'http://127.0.0.1:1/runtime?taskHub=a&code=S3cret',
  'client_secret=S3cret, access_token=S3cret',
  '{"accountKey":"S3cret \\" S3cret","sasToken":"S3cret"}',
  JSON.stringify({ body: JSON.stringify({ sasToken: 'S3cret', connectionString: 'S3cret' }) }),
  '-----BEGIN PRIVATE KEY-----\nS3cret\nS3cret\n-----END PRIVATE KEY-----',
  '-----BEGIN RSA PRIVATE KEY-----\nS3cret',
])('no secret is left of %j', (text) => {
  expect(text).toContain('S3cret');
  expect(withoutSecrets(text)).not.toContain('S3cret');
});

test.each([key64, `the key ${key64}.`, `the signature '${signature}' in the request`])(
  'a key or signature is taken out of %j by its form alone',
  (text) => {
    expect(withoutSecrets(text)).not.toContain('CQkJ');
  },
);

test.each([
  ...Object.values(catalogue).map(({ text }) => text),
  'The request needs a bearer token, or basic knowledge of the path.',
  'input/signal=5/key=3/file.txt, 10.5 signatures, design=new',
  'https://a.b/c?prefix=x&comp=list',
  `sha256:${'0123456789abcdef'.repeat(4)}`,
  'at Object.<anonymous> (/srv/app/dist/shared/errors.js:10:5)',
])('%j stays as it is', (text) => {
  expect(withoutSecrets(text)).toBe(text);
});

test('a text of a caller cannot make it slow', () => {
  const began = performance.now();
  for (const part of ['eyJ', 'sig=', '://a:', 'Bearer ', '"password":"', 'A', '-----BEGIN PRIVATE KEY-----'])
    withoutSecrets(part.repeat(Math.ceil(200_000 / part.length)));
  expect(performance.now() - began).toBeLessThan(5_000);
});

test('an error tells no secret, in its text or in its details', () => {
  const error = failure(
    'InternalError',
    { id: `${'x'.repeat(980)} sig=S3cretS3cretS3cretS3cret` },
    { details: [{ code: 'A', message: 'sig=S3cret', details: [{ code: 'B', message: 'sig=S3cret' }] }] },
  );
  expect(JSON.stringify(error.toBody())).toContain('sig=***');
  expect(`${error.stack} ${JSON.stringify(error.toBody())}`).not.toContain('S3cret');
});

test('a report of an error has its stack, and nothing of what hangs on it', () => {
  const error = Object.assign(new Error('sig=S3cret'), { request: { headers: { authorization: 'S3cret' } } });
  expect(errorReport(error)).toContain('withoutSecrets.test');
  expect(errorReport(error)).not.toContain('S3cret');
  expect(errorReport('sig=S3cret')).toBe('sig=***');
});
