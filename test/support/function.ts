import type { ServiceFunction } from '../../src/service/service.ts';

/** A function of a service, as a test needs it. */
export function aFunction(more: Partial<ServiceFunction> = {}): ServiceFunction {
  const key = more.key ?? 'hello';
  return {
    key,
    name: `shop-dev-${key}`,
    handler: `main.${key}`,
    architecture: 'x86_64',
    environment: {},
    timeout: 10,
    memory: 128,
    events: [],
    ...more,
  };
}
