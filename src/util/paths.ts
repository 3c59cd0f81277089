import { sep } from 'node:path';

/** Returns whether a path with `/` between its parts stays in the folder that it is relative to. */
export const isInside = (path: string): boolean =>
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

/** The path with `/` between its parts, on every platform. */
export const withSlashes = (path: string): string => path.split(sep).join('/');
