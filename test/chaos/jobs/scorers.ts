/**
 * The scoring script of chaos jobs, in both languages. A file of the input has a line for each thing that happens:
 * `row <key> <text>`, `sleep <milliseconds>`, `fail`, or `flaky <n>`, which fails until n tries have been noted. Each try is
 * noted in a file beside the engine before anything else: the clock of the machine, the process, the first file.
 */
export const scorers = {
  node: `
import { appendFileSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const notes = process.env.CHAOS_TRIES;
const mode = process.env.CHAOS_MODE ?? '';
const pause = (milliseconds) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

export function run(miniBatch) {
  const first = basename(miniBatch[0]);
  const at = Number(process.hrtime.bigint() / 1000n) / 1000;
  appendFileSync(notes, JSON.stringify({ at, pid: process.pid, first }) + '\\n');
  const tries = readFileSync(notes, 'utf8').split('\\n').filter((line) => line.endsWith(JSON.stringify(first) + '}')).length;
  const rows = [];
  let failure;
  for (const path of miniBatch) {
    for (const line of readFileSync(path, 'utf8').split('\\n')) {
      const [what, key, ...text] = line.split(' ');
      if (what === 'row') rows.push({ key, text: text.join(' ') });
      if (what === 'sleep') pause(Number(key));
      if (what === 'fail') failure = 'it has to fail';
      if (what === 'flaky' && tries <= Number(key)) failure = 'it fails at first';
    }
  }
  if (mode.includes('files')) {
    const folder = process.env.AZUREML_BI_OUTPUT_PATH;
    appendFileSync(join(folder, 'side.txt'), rows.map(({ key }) => 'side ' + key + '\\n').join(''));
  }
  if (failure !== undefined) throw new Error(failure);
  return mode.includes('columns') ? rows : rows.map(({ key, text }) => key + ' ' + text);
}
`,
  python: `
import json, os, time

notes = os.environ["CHAOS_TRIES"]
mode = os.environ.get("CHAOS_MODE", "")


def run(mini_batch):
    first = os.path.basename(mini_batch[0])
    note = {"at": time.monotonic_ns() / 1e6, "pid": os.getpid(), "first": first}
    with open(notes, "a") as file:
        file.write(json.dumps(note, separators=(",", ":"), ensure_ascii=False) + "\\n")
    with open(notes) as file:
        tries = sum(line.rstrip("\\n").endswith(json.dumps(first, ensure_ascii=False) + "}") for line in file)
    rows = []
    failure = None
    for path in mini_batch:
        with open(path, encoding="utf-8") as file:
            for line in file.read().split("\\n"):
                what, _, rest = line.partition(" ")
                if what == "row":
                    key, _, text = rest.partition(" ")
                    rows.append({"key": key, "text": text})
                elif what == "sleep":
                    time.sleep(int(rest) / 1000)
                elif what == "fail":
                    failure = "it has to fail"
                elif what == "flaky" and tries <= int(rest):
                    failure = "it fails at first"
    if "files" in mode:
        with open(os.path.join(os.environ["AZUREML_BI_OUTPUT_PATH"], "side.txt"), "a") as file:
            file.write("".join("side " + row["key"] + "\\n" for row in rows))
    if failure is not None:
        raise ValueError(failure)
    return rows if "columns" in mode else [row["key"] + " " + row["text"] for row in rows]
`,
} as const;

export type Language = keyof typeof scorers;

/** The names of the files that the scripts are registered as. */
export const scriptNames: Readonly<Record<Language, string>> = { node: 'score.mjs', python: 'score.py' };
