import type { FunctionUrl } from '../service/service.ts';
import { isRecord } from '../util/json.ts';
import { urlCors } from './cors.ts';

/**
 * Reads the URL settings of a function. Returns undefined if it has no URL.
 *
 * @param url `url` in serverless.yml: true, or a map
 */
export function functionUrl(url: unknown): FunctionUrl | undefined {
  if (url !== true && !isRecord(url)) return undefined;
  const { cors, invokeMode, authorizer } = url === true ? {} : url;
  return {
    cors: urlCors(cors),
    ...(invokeMode === 'RESPONSE_STREAM' && { invokeMode }),
    ...(authorizer === 'aws_iam' && { authorizer }),
  };
}
