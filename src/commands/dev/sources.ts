import { UsageError } from '../../errors.ts';
import type { EventSources } from '../../local/event-sources/event-sources.ts';
import type { LocalServer } from '../../local/server.ts';
import { at } from '../../message.ts';
import { DEFAULTS } from '../../service/defaults.ts';
import type { Service } from '../../service/service.ts';
import type { Env } from '../../util/env.ts';
import { isUnknown } from '../../util/json.ts';
import { inQuotes } from '../../util/text.ts';
import type { DevEvent } from './events.ts';
import * as messages from './messages.ts';

/** The value of `--sources` that stands for AWS_ENDPOINT_URL, or for AWS itself. */
const AWS = 'aws';

/** Where the queues and streams of a service are. */
export interface SourcesAddress {
  /** Absent for AWS itself. */
  readonly endpoint?: string;
}

/**
 * Reads `--sources`. Undefined where it is not given.
 *
 * @throws UsageError when it is no URL, or AWS itself without `--yes-aws`
 */
export function sourcesAddress(
  { sources, yesAws }: { readonly sources?: string; readonly yesAws?: boolean },
  env: Env,
): SourcesAddress | undefined {
  if (sources === undefined) return undefined;
  const given = sources === AWS ? env.AWS_ENDPOINT_URL || undefined : sources;
  const url = given === undefined || !URL.canParse(given) ? undefined : new URL(given);
  if (given !== undefined && !/^https?:$/.test(url?.protocol ?? '')) {
    throw new UsageError(
      at('--sources', messages.notAnHttpUrl({ value: inQuotes(given) })),
      '--sources http://127.0.0.1:5000',
    );
  }
  const isAws =
    url === undefined || /(^|\.)(amazonaws\.com(\.cn)?|api\.aws)\.?$/i.test(url.hostname);
  if (isAws && !yesAws) throw new UsageError(messages.realAws(), '--sources http://127.0.0.1:5000');
  if (isAws && !(env.AWS_ACCESS_KEY_ID && env.AWS_SECRET_ACCESS_KEY)) {
    throw new UsageError(
      messages.noKeys(),
      'export AWS_ACCESS_KEY_ID=... AWS_SECRET_ACCESS_KEY=...',
    );
  }
  return url === undefined ? {} : { endpoint: url.href };
}

/** Starts to deliver what the queues and streams of the service have. */
export async function startSources(
  { endpoint }: SourcesAddress,
  server: LocalServer,
  service: Service,
  { env, emit }: { readonly env: Env; readonly emit: (event: DevEvent) => void },
): Promise<EventSources> {
  // Loaded for those who ask for it only.
  const [{ jsonApi }, { EventSources }] = await Promise.all([
    import('../../aws/json-api.ts'),
    import('../../local/event-sources/event-sources.ts'),
  ]);
  const region = isUnknown(service.region) ? DEFAULTS.region : service.region;
  const call = jsonApi({
    ...(endpoint !== undefined && { endpoint }),
    region,
    accessKeyId: env.AWS_ACCESS_KEY_ID || 'test',
    secretAccessKey: env.AWS_SECRET_ACCESS_KEY || 'test',
    ...(env.AWS_SESSION_TOKEN && { sessionToken: env.AWS_SESSION_TOKEN }),
  });
  const { invoke } = server;
  const sources = new EventSources({ call, invoke, report: emit, region });
  sources.update(service);
  return sources;
}
