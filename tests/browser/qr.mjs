// Reads QR codes out of pictures with a reader that is not ours (ZXing).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
prepareZXingModule({ overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) } });

// The texts of all QR codes in a PNG or JPEG.
export async function read(picture) {
  const found = await readBarcodes(new Uint8Array(picture), { formats: ['QRCode'], tryHarder: true, tryRotate: true, maxNumberOfSymbols: 8 });
  return found.filter(code => code.isValid).map(code => code.text);
}

// What a phone's camera sees of a sheet on a notice board: turned, from the side, small, a little blurred, in yellow
// light, as JPEG.
export async function photograph(context, picture) {
  const page = await context.newPage();
  await page.setViewportSize({ width: 1200, height: 1200 });
  await page.setContent(`<body style="margin:0;height:1200px;display:grid;place-items:center;perspective:1600px;overflow:hidden;background:linear-gradient(120deg,#7a5f43,#4f3b27)">
    <img style="max-width:900px;max-height:1000px;transform:rotate(13deg) rotateY(22deg) rotateX(12deg);filter:blur(.8px) contrast(.75) sepia(.35) brightness(.9)" src="data:image/png;base64,${picture.toString('base64')}">
    <div style="position:fixed;inset:0;background:radial-gradient(circle at 80% 15%,#fff8 0,#fff0 45%,#0005)"></div>`);
  await page.waitForFunction(() => document.images[0].complete);
  const photo = await page.screenshot({ type: 'jpeg', quality: 45 });
  await page.close();
  return photo;
}
