import type { FunctionUrl } from '../service/service.ts';
import { settingsOf, urlCors } from './cors.ts';

/**
 * Reads the URL settings of a function. Returns undefined if it has no URL.
 *
 * @param url `url` in serverless.yml: true, or a map
 */
export function functionUrl(url: unknown): FunctionUrl | undefined {
  const given = settingsOf(url);
  if (given === undefined) return undefined;
  const { cors, invokeMode, authorizer } = given;
  return {
    cors: urlCors(cors),
    ...(invokeMode === 'RESPONSE_STREAM' && { invokeMode }),
    ...(authorizer === 'aws_iam' && { authorizer }),
  };
}
