import { afterEach } from 'vitest';

/** Closes what each test of a file opened, the last first, also after a failure. Call it once at the top of the file. */
export function closeAfterEach(): (close: () => unknown) => void {
  const closing: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  return (close) => {
    closing.push(close);
  };
}
