import { describe, expect, it } from 'vitest';
import { baseUrlOf, baseUrlSchema } from '../../src/platforms/base-url.ts';

describe('the address of an API in settings', () => {
  it.each(['https://api.example/v1', 'http://127.0.0.1:9/api/', 'http://localhost:9', 'http://[::1]:9'])(
    'may be %s',
    (text) => expect(baseUrlSchema.safeParse(text).success).toBe(true),
  );

  it.each([
    'http://api.example',
    'http://127.0.0.1.evil.example',
    'https://api.example/?a=1',
    'https://ada:secret@api.example',
    'https://token@api.example',
    'ftp://127.0.0.1',
    'api',
  ])('may not be %s', (text) => expect(baseUrlSchema.safeParse(text).success).toBe(false));

  it('ends in a slash, so that paths can be put behind it', () => {
    expect(new URL('x', baseUrlOf('https://api.example/v1')).href).toBe('https://api.example/v1/x');
    expect(new URL('x', baseUrlOf('https://api.example/v1/')).href).toBe('https://api.example/v1/x');
  });
});
