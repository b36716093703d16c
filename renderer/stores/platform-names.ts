import { usePlatformsStore } from './mirrors.ts';

/** A platform's own name; its id with a capital while the platforms are not known. */
export const usePlatformNames = (): ((platform: string) => string) => {
  const platforms = usePlatformsStore((state) => state.items);
  return (platform) =>
    platforms.get(platform)?.name ?? `${platform.slice(0, 1).toLocaleUpperCase()}${platform.slice(1)}`;
};
