/** Renders the vector sources to what ships: `npm run icons`, with a Chromium. The results are committed. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright';
import { launchChromium, prepareChromium } from '../test/support/chromium.ts';
import { appleIcon, type Picture, windowsIcon } from './icon-files.ts';
import { badges, colours, composeSvg, shapes, templateFile, templateSize, trayFile, traySizes } from './tray-icons.ts';

const here = import.meta.dirname;
const appSizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const windowsSizes = new Set([16, 24, 32, 48, 64, 128, 256]);

const source = (path: string) => readFileSync(join(here, 'source', path), 'utf8');
/** What is between the outer tags, to be put into another picture. */
const inside = (path: string) =>
  source(path)
    .replace(/^<svg[^>]*>/, '')
    .replace(/<\/svg>\s*$/, '');

function write(path: string, bytes: Buffer): void {
  const file = join(here, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
}

async function render(page: Page, svg: string, size: number): Promise<Buffer> {
  const url = await page.evaluate(
    async ({ svg, size }) => {
      const image = new Image(size, size);
      image.src = `data:image/svg+xml,${encodeURIComponent(svg.replace('<svg ', `<svg width="${size}" height="${size}" `))}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = size;
      canvas.height = size;
      canvas.getContext('2d')?.drawImage(image, 0, 0, size, size);
      return canvas.toDataURL('image/png');
    },
    { svg, size },
  );
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}

async function renderApp(page: Page): Promise<void> {
  const svg = source('app.svg');
  const pictures: Picture[] = [];
  for (const size of appSizes) pictures.push({ size, png: await render(page, svg, size) });
  for (const { size, png } of pictures) write(`app/${size}x${size}.png`, png);
  write('app/icon.ico', windowsIcon(pictures.filter(({ size }) => windowsSizes.has(size))));
  write('app/icon.icns', appleIcon(pictures));
}

async function renderTray(page: Page): Promise<void> {
  for (const shape of shapes) {
    const body = inside(`status/${shape}.svg`);
    for (const badge of badges) {
      const mark = badge === 'plain' ? undefined : inside(`badge/${badge}.svg`);
      const coloured = composeSvg(body, mark, {
        shape: colours[shape],
        badge: badge === 'plain' ? '' : colours[badge],
      });
      for (const size of traySizes) {
        write(`tray/${trayFile(shape, badge, size)}.png`, await render(page, coloured, size));
        write(`tray/${trayFile(shape, badge, size)}@2x.png`, await render(page, coloured, size * 2));
      }
      const template = composeSvg(body, mark, { shape: '#000', badge: '#000' });
      write(`tray/template/${templateFile(shape, badge)}.png`, await render(page, template, templateSize));
      write(`tray/template/${templateFile(shape, badge)}@2x.png`, await render(page, template, templateSize * 2));
    }
  }
}

const cleanUp = await prepareChromium();
const browser = await launchChromium();
try {
  const page = await browser.newPage();
  for (const folder of ['app', 'tray']) rmSync(join(here, folder), { recursive: true, force: true });
  await renderApp(page);
  await renderTray(page);
} finally {
  await browser.close();
  cleanUp();
}
