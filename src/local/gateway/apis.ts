import type { GatewaySettings, HttpEvent, ServiceFunction } from '../../service/service.ts';
import { withCors } from './cors.ts';
import { httpApi1 } from './http-api-v1.ts';
import type { Api } from './integration.ts';
import { restApi } from './payload-v1.ts';
import { httpApi } from './payload-v2.ts';

/**
 * The API Gateway API of that kind, as the service sets it up.
 *
 * @param fn the function that the request goes to; an HTTP API has the payload format by function
 */
export function apiOf(
  kind: HttpEvent['api'],
  { binaryMediaTypes, payload1, httpCors }: GatewaySettings,
  fn: Pick<ServiceFunction, 'key'> | undefined,
): Api {
  if (kind === 'rest') return restApi(binaryMediaTypes);
  return withCors(fn !== undefined && payload1.has(fn.key) ? httpApi1 : httpApi, httpCors);
}
