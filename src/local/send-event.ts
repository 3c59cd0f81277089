import { invocationIds } from './gateway/ids.ts';
import type { Invoke } from './lambda/invocation.ts';

/** How an event was taken that no client waits for. */
export interface SentEvent {
  /** What the function returned; undefined where it failed, or was throttled. */
  readonly payload: Buffer | undefined;
  /** How long it took, in milliseconds. */
  readonly ms: number;
  readonly requestId: string;
}

/** Invokes a function with an event of a source. Rejects only for a defect of this program. */
export async function sendEvent(
  invoke: Invoke,
  functionKey: string,
  event: unknown,
): Promise<SentEvent> {
  const started = performance.now();
  const ids = invocationIds();
  const payload = Buffer.from(JSON.stringify(event));
  const result = await invoke(functionKey, { ...ids, payload });
  return {
    payload: typeof result !== 'string' && result.ok ? result.payload : undefined,
    ms: performance.now() - started,
    requestId: ids.requestId,
  };
}
