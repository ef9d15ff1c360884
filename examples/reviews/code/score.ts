import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { modelFolder, type Init, type Run } from 'batchpoint/scoring';

/** How much each word speaks for a review, or against it. */
let weights: Readonly<Record<string, number>> = {};

export const init: Init = async () => {
  const text = await readFile(join(modelFolder(), 'model', 'weights.json'), 'utf8');
  weights = JSON.parse(text) as Record<string, number>;
  console.log(`${Object.keys(weights).length} words have a weight`);
};

export const run: Run = (miniBatch) => Promise.all(miniBatch.map(score));

async function score(path: string): Promise<{ file: string; score: number; likes: boolean }> {
  const text = await readFile(path, 'utf8');
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const sum = words.reduce((total, word) => total + (weights[word] ?? 0), 0);
  return { file: basename(path), score: sum, likes: sum > 0 };
}
