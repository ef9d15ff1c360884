import { listedDevices, shownDevices } from '../../../shared/scoring/gpuDevices';

describe('the GPUs of a machine', () => {
  test.each([
    ['', []],
    ['-1', []],
    ['0', ['0']],
    ['2,0', ['2', '0']],
    ['1, -1, 0', ['1']],
    ['GPU-8932f937-d72c,MIG-5c1d', ['GPU-8932f937-d72c', 'MIG-5c1d']],
  ])('that CUDA_VISIBLE_DEVICES=%s shows are %j', (shown, devices) => {
    expect(shownDevices(shown)).toEqual(devices);
  });

  test('that the driver lists are named by their ids; of one that is cut into parts, the parts are meant', () => {
    const list = `GPU 0: NVIDIA A100-SXM4-40GB (UUID: GPU-5d5ba0d6-d33d)
  MIG 3g.20gb     Device  0: (UUID: MIG-b8a7f8a2)
  MIG 3g.20gb     Device  1: (UUID: MIG-c3b1a5d8)
GPU 1: NVIDIA A100-SXM4-40GB (UUID: GPU-2b7d8f5c-9a41)
`;
    expect(listedDevices(list)).toEqual(['MIG-b8a7f8a2', 'MIG-c3b1a5d8', 'GPU-2b7d8f5c-9a41']);
    expect(listedDevices('No devices found.')).toEqual([]);
  });
});
