import type { Context } from '../context.ts';
export async function dev(_c: Context, _f: unknown): Promise<void> {}
