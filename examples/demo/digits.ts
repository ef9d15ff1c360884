import type { Part } from './part';
import { readKnown } from './records';

/** Images of handwritten digits, a custom model and a scoring script. */
export const digits: Part = {
  title: 'Handwritten digits: a model and a scoring script',
  name: 'digits',
  example: 'digits',
  modelType: 'custom_model',
  input: 'images',
  columns: 'file digit',
  quality(folder, rows) {
    const predicted = new Map(rows.map((row) => row.split(' ') as [file: string, digit: string]));
    const known = readKnown(folder, 'labels.csv').map(({ file = '', digit, part }) => ({
      isRight: predicted.get(file) === digit,
      isUnseen: part === 'unseen',
    }));
    const unseen = known.filter(({ isUnseen }) => isUnseen);
    return [
      ['images that the model has not seen before', ...accuracy(unseen)],
      ['all images, with those it was trained on', ...accuracy(known)],
    ];
  },
};

function accuracy(scored: readonly { readonly isRight: boolean }[]): [value: string, note: string] {
  const right = scored.filter(({ isRight }) => isRight).length;
  const count = (number: number): string => number.toLocaleString('en');
  return [
    `${((100 * right) / scored.length).toFixed(1)} %`,
    `${count(right)} of ${count(scored.length)} right`,
  ];
}
