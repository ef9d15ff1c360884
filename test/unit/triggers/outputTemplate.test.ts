import { checkOutputTemplate, filledOutput, fixedPart } from '../../../shared/triggers/outputTemplate';

const places = { name: 'july', path: 'shop/1', date: '2026-11-26', trigger: 'score', job: 'score-1' };
const stored = 'azureml://datastores/results/paths';

test('what stands in braces becomes what the job is about', () => {
  expect(filledOutput(`${stored}/{trigger}/{date}/{path}/{name}-{job}.csv`, places)).toBe(
    `${stored}/score/2026-11-26/shop/1/july-score-1.csv`,
  );
});

test('a folder that is empty is left out, with its slash', () => {
  expect(filledOutput(`${stored}/{path}/{name}.csv`, { ...places, path: '' })).toBe(`${stored}/july.csv`);
});

test('what is put in is not looked through for places again', () => {
  expect(filledOutput(`${stored}/{name}.csv`, { ...places, name: '{job}' })).toBe(`${stored}/{job}.csv`);
});

test('in a file: URI, what is put in is escaped, and its slashes stay', () => {
  const name = 'a b%2f#?';
  expect(filledOutput('file:///out/{path}/{name}.csv', { ...places, name })).toBe(
    `file:///out/shop/1/${encodeURIComponent(name)}.csv`,
  );
});

test('all outputs begin with what stands before the first place', () => {
  expect(fixedPart(`${stored}/out/{name}.csv`)).toBe(`${stored}/out/`);
  expect(fixedPart(stored)).toBe(stored);
});

test.each([
  [`${stored}/{nmae}.csv`, '{nmae} is not known, and there are {name}, {path}, {date}, {trigger}, {job}'],
  [`${stored}/{}.csv`, '{} is not known'],
  [`${stored}/{name}}.csv`, 'one of its braces has no other'],
  [`${stored}/{name}/{.csv`, 'one of its braces has no other'],
  ['./scored/{name}/', 'it has to be the path of a file'],
  [`${stored}/all.csv`, 'several jobs would write one file, unless {name} or {job} is in it'],
  [`${stored}/{date}/{path}.csv`, 'several jobs would write one file'],
])('the output %s is refused', (template, reason) => {
  expect(() => checkOutputTemplate(template, 'files')).toThrow(reason);
});

test('outputs of another endpoint all have one name, so that the job has to be in the path', () => {
  expect(() => checkOutputTemplate(`${stored}/{name}.csv`, 'outputs')).toThrow('unless {job} is in it');
  expect(() => checkOutputTemplate(`${stored}/{job}.csv`, 'outputs')).not.toThrow();
  expect(() => checkOutputTemplate(`${stored}/{name}.csv`, 'files')).not.toThrow();
});
