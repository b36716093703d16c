import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  badges,
  colours,
  panels,
  shapes,
  templateFile,
  templateSize,
  trayFile,
  traySizes,
} from '../../assets/tray-icons.ts';
import { decodePng, type Pixels } from '../support/png.ts';

const assets = resolve('assets');
const read = (path: string) => decodePng(readFileSync(join(assets, path)));

/** Relative luminance and contrast (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const alphas = ({ rgba }: Pixels) => Array.from({ length: rgba.length / 4 }, (_, index) => rgba[index * 4 + 3] ?? 0);

/** The share of the picture's area in which two silhouettes differ, 0…1. */
function difference(one: Pixels, other: Pixels): number {
  const [a, b] = [alphas(one), alphas(other)];
  return a.reduce((sum, value, index) => sum + Math.abs(value - (b[index] ?? 0)), 0) / (255 * a.length);
}

describe('tray icons', () => {
  it('exist for every status, badge and size, with a retina picture each', () => {
    for (const shape of shapes) {
      for (const badge of badges) {
        for (const size of traySizes) {
          expect(read(`tray/${trayFile(shape, badge, size)}.png`)).toMatchObject({ width: size, height: size });
          expect(read(`tray/${trayFile(shape, badge, size)}@2x.png`)).toMatchObject({ width: 2 * size });
        }
        expect(read(`tray/template/${templateFile(shape, badge)}.png`)).toMatchObject({ width: templateSize });
        expect(read(`tray/template/${templateFile(shape, badge)}@2x.png`)).toMatchObject({ width: 2 * templateSize });
      }
    }
  });

  it('tell every status and badge apart by shape alone at the smallest size', () => {
    const icons = shapes.flatMap((shape) =>
      badges.map((badge) => ({ name: `${shape} ${badge}`, pixels: read(`tray/${trayFile(shape, badge, 16)}.png`) })),
    );
    for (const [index, one] of icons.entries()) {
      for (const other of icons.slice(index + 1)) {
        expect(difference(one.pixels, other.pixels), `${one.name} and ${other.name}`).toBeGreaterThan(0.02);
      }
    }
  });

  it('keep a contrast of 3:1 to white and to dark panels', () => {
    for (const [name, colour] of Object.entries(colours)) {
      for (const panel of panels) expect(contrast(colour, panel), `${name} on ${panel}`).toBeGreaterThanOrEqual(3);
    }
  });

  it('are black only in templates, as macOS tints them', () => {
    for (const shape of shapes) {
      const { rgba } = read(`tray/template/${templateFile(shape, 'attention')}.png`);
      for (let at = 0; at < rgba.length; at += 4) expect(rgba.readUIntBE(at, 3)).toBe(0);
    }
  });
});

describe('application icon', () => {
  it('has every size that installers ask for', () => {
    for (const size of [16, 24, 32, 48, 64, 128, 256, 512, 1024]) {
      expect(read(`app/${size}x${size}.png`)).toMatchObject({ width: size, height: size });
    }
  });

  it('has a Windows icon whose directory points at its pictures', () => {
    const ico = readFileSync(join(assets, 'app/icon.ico'));
    const sizes = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
      const at = 6 + 16 * index;
      const offset = ico.readUInt32LE(at + 12);
      const picture = decodePng(ico.subarray(offset, offset + ico.readUInt32LE(at + 8)));
      expect(picture.width % 256).toBe(ico.readUInt8(at));
      return picture.width;
    });
    expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256]);
  });

  it('has a macOS icon whose chunks add up and hold the sizes their types promise', () => {
    const icns = readFileSync(join(assets, 'app/icon.icns'));
    expect(icns.toString('latin1', 0, 4)).toBe('icns');
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    const sizes: Record<string, number> = {};
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
      const picture = decodePng(icns.subarray(at + 8, at + icns.readUInt32BE(at + 4)));
      sizes[icns.toString('latin1', at, at + 4)] = picture.width;
    }
    expect(sizes).toEqual({ ic11: 32, ic12: 64, ic07: 128, ic13: 256, ic08: 256, ic14: 512, ic09: 512, ic10: 1024 });
  });
});
