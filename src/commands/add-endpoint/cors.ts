import { UserError } from '../../errors.ts';
import { at, type Message } from '../../message.ts';
import { allowedOrigins, restCors } from '../../serverless-yml/cors.ts';
import type { NewEndpoint } from '../../service/endpoint/problem.ts';
import type { ReadService } from '../../service-folder/read.ts';
import { recordOf } from '../../util/json.ts';
import * as messages from './messages.ts';

type Service = Pick<ReadService, 'file' | 'service' | 'configuration'>;

/**
 * Checks that a new route can have `cors`. For an HTTP API, returns that nothing has to be written for
 * it, since the setting belongs to the API.
 *
 * @throws UserError when the API has none, or `cors: true` would change what others have
 */
export function corsOfNew(reading: Service, fn: NewEndpoint): Message | undefined {
  if (fn.api === 'http') return corsOfApi(reading, fn);
  const { service, file } = reading;
  const { method, path } = fn;
  const own = method === 'OPTIONS' ? [fn.key] : [];
  const owner = service.functions
    .filter(({ events }) =>
      events.some(
        (event) => event.api === 'rest' && event.method === 'OPTIONS' && event.path === path,
      ),
    )
    .map(({ key }) => key);
  const [answering] = [...own, ...owner];
  if (answering !== undefined) {
    throw new UserError(
      at(file, messages.optionsTaken({ path, function: answering })),
      'leave  --cors  out; the function sets the headers by itself',
    );
  }
  const before = service.gateway?.restCors.get(path);
  const after = restCors(true, method, before);
  const origins = before && allowedOrigins(before);
  if (after === undefined || origins === undefined || same(origins, allowedOrigins(after))) {
    return undefined;
  }
  throw new UserError(
    at(file, messages.otherOrigins({ path, origins: origins.join(', ') })),
    'leave  --cors  out, and copy the  cors  of the other route of that path into the new event',
  );
}

function corsOfApi({ file, service, configuration }: Service, fn: NewEndpoint): Message {
  const { method, path } = fn;
  if (service.gateway?.httpCors) return messages.corsOfApi({ method, path });
  const { httpApi } = recordOf(configuration.value.provider);
  throw new UserError(
    at(file, messages.apiHasNoCors()),
    recordOf(httpApi).id === undefined
      ? 'add  cors: true  to  httpApi:  below  provider:'
      : 'set it where that API is defined, and leave  --cors  out',
  );
}

const same = (a: readonly string[], b: readonly string[]): boolean => a.join() === b.join();
