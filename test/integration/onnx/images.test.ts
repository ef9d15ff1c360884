import { join } from 'node:path';
import sharp from 'sharp';
import { onnxModel, scoreWith } from '../../support/scriptlessModel';
import { useWorkspace } from '../../support/useWorkspace';

describe('images that an ONNX model scores', () => {
  const workspace = useWorkspace();

  function image(pixels: readonly number[], width: number, channels: 1 | 3 | 4): sharp.Sharp {
    const height = pixels.length / width / channels;
    const made = sharp(Uint8Array.from(pixels), { raw: { width, height, channels } });
    return channels === 1 ? made.toColourspace('b-w') : made;
  }

  async function score(name: string, model: string): Promise<{ rows: string; failed: string }> {
    const job = await scoreWith(workspace(), name, onnxModel(model), join(workspace().folder, name));
    const failed = await workspace()
      .file(job, 'failed_files.csv')
      .catch(() => '');
    return { rows: await workspace().predictions(job), failed };
  }

  test('are arrays of bytes, grey ones without channels, whose values come out as they went in', async () => {
    workspace().write('pixels/a.png', await image([0, 50, 100, 150, 200, 255], 3, 1).png().toBuffer());
    const { rows } = await score('pixels', 'pixels');
    expect(rows).toBe('"[[0, 50, 100], [150, 200, 255]]",a.png\n');
  });

  test('become floats with their channels first where the model takes them so', async () => {
    const colours = [10, 20, 30, 20, 30, 40];
    workspace().write('channels/a.png', await image(colours, 2, 3).png().toBuffer());
    workspace().write(
      'channels/deep/b.tiff',
      await image(colours, 1, 3).tiff({ compression: 'none' }).toBuffer(),
    );
    const { rows } = await score('channels', 'channels');
    expect(rows).toBe('15.0,25.0,35.0,a.png\n15.0,25.0,35.0,deep/b.tiff\n');
  });

  test('fail alone where they cannot be read, or do not fit', async () => {
    const whole = await image([10, 20, 30, 20, 30, 40], 2, 3).png().toBuffer();
    workspace().write('some/a-good.png', whole);
    workspace().write('some/b-broken.png', 'no image');
    workspace().write('some/c-half.png', whole.subarray(0, whole.length - 20));
    workspace().write('some/d-veiled.png', await image([1, 2, 3, 4], 1, 4).png().toBuffer());
    workspace().write('some/e-broken.bmp', 'BM');
    workspace().write('some/f-table.csv', 'x,y,z\n1,2,3\n');
    const { rows, failed } = await score('some', 'channels');
    expect(rows).toBe('15.0,25.0,35.0,a-good.png\n');
    expect(failed.split('\n').filter((line) => line.includes(',FileInvalid,'))).toHaveLength(5);
    expect(failed).toContain(
      'b-broken.png,0,FileInvalid,InputFileError,1,b-broken.png: the file is no image that can be read',
    );
    expect(failed).toContain(
      "the image has 1 rows, 1 columns and 4 channels, and the model's input 'image' is float32[?, 3, ?, ?]",
    );
    expect(failed).toContain(
      "the model's input 'image' is float32[?, 3, ?, ?], and a table has only rows and columns",
    );
  });
});
