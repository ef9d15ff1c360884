import type { Part } from './part';
import { readKnown } from './records';

/** A prediction beside what really came. */
interface Compared {
  readonly predicted: number;
  readonly known: number;
  readonly isUnseen: boolean;
}

/** Tables of patients and an MLflow model, without any code. */
export const diabetes: Part = {
  title: 'Diabetes patients: an MLflow model, and no code',
  name: 'diabetes',
  example: 'diabetes-mlflow',
  modelType: 'mlflow_model',
  input: 'patients',
  columns: 'row,prediction,file',
  quality(folder, rows) {
    const predictions = new Map(
      rows.map((line) => {
        const [row = '', prediction, file = ''] = line.split(',');
        return [`${file},${row}`, Number(prediction)];
      }),
    );
    const compared = readKnown(folder, 'known.csv').map(({ file = '', row = '', progression, part }) => ({
      predicted: predictions.get(`${file},${row}`) ?? Number.NaN,
      known: Number(progression),
      isUnseen: part === 'unseen',
    }));
    const trained = compared.filter(({ isUnseen }) => !isUnseen);
    const unseen = compared.filter(({ isUnseen }) => isUnseen);
    const guess = mean(trained.map(({ known }) => known));
    const guessed = unseen.map((one) => ({ ...one, predicted: guess }));
    return [
      ['mean error, patients that the model has not seen before', ...error(unseen)],
      ['mean error, all patients, with those it was trained on', ...error(compared)],
      ['for comparison: the mean value as the guess for all unseen', ...error(guessed)],
    ];
  },
};

function error(compared: readonly Compared[]): [value: string, note: string] {
  const distances = compared.map(({ predicted, known }) => Math.abs(predicted - known));
  return [mean(distances).toFixed(1), `over ${compared.length} patients`];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
