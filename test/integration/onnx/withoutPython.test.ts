import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { ProductHost } from '../../../bench/product/productHost';
import { onnxModel } from '../../support/scriptlessModel';

describe('an ONNX model on a machine without any program but Node', () => {
  let host: ProductHost;

  beforeAll(async () => {
    // No folder is there: whatever is called by its name alone is not found.
    host = new ProductHost({ PATH: '/nowhere' });
    await host.start();
    await host.ask('PUT', '/computes/cpu', { properties: {} });
  });

  afterAll(() => host.close());

  async function predictions(model: string, folder: string): Promise<string> {
    const modelUri = pathToFileURL(onnxModel(model)).href;
    await host.ask('PUT', `/models/${model}/versions/1`, { properties: { modelUri } });
    await host.ask('PUT', `/batchEndpoints/${model}`, { properties: {} });
    await host.ask('PUT', `/batchEndpoints/${model}/deployments/main`, {
      properties: {
        model: { referenceType: 'Id', assetId: `azureml:${model}:1` },
        compute: 'azureml:cpu',
        miniBatchSize: 10,
      },
    });
    await host.ask('PATCH', `/batchEndpoints/${model}`, {
      properties: { defaults: { deploymentName: 'main' } },
    });
    const { name } = await host.invoke(model, join(host.folder, folder));
    const job = await host.finished(name);
    expect(job.properties).toMatchObject({ status: 'Completed' });
    return host.file(name, 'named-outputs/score/predictions.csv');
  }

  test('scores a table', async () => {
    host.write('tables/a.csv', 'x,y,z\n1,2,3\n-0.5,0,1e3\n');
    expect(await predictions('linear', 'tables')).toBe('0,-2.2,a.csv\n1,100.75,a.csv\n');
  });

  test('scores images, one call for each', async () => {
    const flat = (level: number): sharp.Sharp =>
      sharp({ create: { width: 8, height: 6, channels: 3, background: { r: level, g: level, b: level } } });
    host.write('images/black.png', await flat(0).png().toBuffer());
    host.write('images/grey.jpg', await flat(100).jpeg().toBuffer());
    host.write('images/white.tiff', await flat(255).tiff().toBuffer());
    const rows = '0.0,black.png\n100.0,grey.jpg\n255.0,white.tiff\n';
    expect(await predictions('brightness', 'images')).toBe(rows);
  });
});
