/** A script that keeps a processor busy for so many milliseconds a file, as a small model does. */
export function busyScript(milliseconds: number): string {
  return `
import os
import time

def init():
    pass

def run(mini_batch):
    rows = []
    for path in mini_batch:
        end = time.process_time() + ${milliseconds / 1000}
        with open(path) as file:
            text = file.read()
        while time.process_time() < end:
            pass
        rows.append(os.path.basename(path) + ' ' + text)
    return rows
`;
}

/** A script that does nothing for a file but give its row. */
export const noopScript = 'def run(mini_batch):\n    return mini_batch\n';

/**
 * What people write without Batchpoint: a pool of as many processes, mini-batches in order, one output file. No
 * tries, no timeouts, no accounting, nothing kept when it dies.
 */
export const bareLoop = `
import importlib.util
import multiprocessing
import os
import sys

script, folder, size, processes, output = sys.argv[1:]
size = int(size)

def load():
    global module
    spec = importlib.util.spec_from_file_location('score', script)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if hasattr(module, 'init'):
        module.init()

def score(paths):
    return ''.join(str(row) + '\\n' for row in module.run(paths))

if __name__ == '__main__':
    files = sorted(os.path.join(folder, name) for name in os.listdir(folder))
    batches = [files[start:start + size] for start in range(0, len(files), size)]
    with multiprocessing.Pool(int(processes), load) as pool, open(output, 'w') as file:
        for rows in pool.imap(score, batches):
            file.write(rows)
`;
