import { sep } from 'node:path';

/** The path with `/` between its parts, on every platform. */
export const withSlashes = (path: string): string => path.split(sep).join('/');
