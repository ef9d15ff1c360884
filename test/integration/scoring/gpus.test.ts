import { delimiter, join } from 'node:path';
import { GpuDevices } from '../../../shared/scoring/gpuDevices';
import { MachineOfPythons } from '../../support/machineOfPythons';
import { useWorkspace } from '../../support/useWorkspace';

const script = `
import os, time
def run(mini_batch):
    time.sleep(0.05)
    return [os.environ.get("CUDA_VISIBLE_DEVICES", "none")]
`;

describe('on a machine with GPUs, a worker', () => {
  const machine = new MachineOfPythons();
  const before = { ...process.env };

  beforeAll(() => {
    machine.program('bin/nvidia-smi', `echo "GPU 0: A (UUID: GPU-a)"\necho "GPU 1: B (UUID: GPU-b)"`);
    process.env['PATH'] = [join(machine.folder, 'bin'), before['PATH']].join(delimiter);
    delete process.env['CUDA_VISIBLE_DEVICES'];
  });
  afterAll(() => {
    process.env = before;
    machine.close();
  });

  const workspace = useWorkspace();

  async function seen(properties: object = {}): Promise<string[]> {
    const job = await workspace().run(
      await workspace().invoke('gpus', workspace().inputs(40), { miniBatchSize: 1, ...properties }),
    );
    return [...new Set((await workspace().predictions(job)).trim().split('\n'))].sort();
  }

  test('sees one of them, and its neighbour the next, unless the deployment says which', async () => {
    await workspace().endpoint('gpus', script, { maxConcurrencyPerInstance: 3 });
    expect(await seen()).toEqual(['GPU-a', 'GPU-b']);
    expect(await seen({ environmentVariables: { CUDA_VISIBLE_DEVICES: '7' } })).toEqual(['7']);
  });

  test('sees one of those that its host is shown, in turn', async () => {
    const gpus = new GpuDevices({ CUDA_VISIBLE_DEVICES: '3,1' });
    const shown = await Promise.all([0, 1, 2].map((worker) => gpus.of(worker)));
    expect(shown.map(({ CUDA_VISIBLE_DEVICES: device }) => device)).toEqual(['3', '1', '3']);
  });

  test('sees what its host sees where that hides them, or where there is no driver', async () => {
    expect(await new GpuDevices({ CUDA_VISIBLE_DEVICES: '' }).of(0)).toEqual({});
    expect(await new GpuDevices({ PATH: '/nowhere' }).of(0)).toEqual({});
    machine.program('broken/nvidia-smi', 'echo "NVIDIA-SMI has failed" >&2; exit 9');
    expect(await new GpuDevices({ PATH: join(machine.folder, 'broken') }).of(0)).toEqual({});
  });
});
