import { isRecord, isUnknown, recordOf } from '../../util/json.ts';
import { inQuotes } from '../../util/text.ts';
import type { Path } from '../variables/lookup.ts';
import type { Find, OslsFinding } from './finding.ts';
import { badPath, badRoute } from './messages.ts';
import { OSLS_PATH, OSLS_ROUTE } from './schema.ts';

/**
 * Finds routes of `http` and `httpApi` events that osls does not accept, mostly because a slash is
 * missing.
 */
export function routeFindings(event: unknown, path: Path, refuse: Find): OslsFinding[] {
  if (!isRecord(event)) return [];
  return (['http', 'httpApi'] as const).flatMap((kind) => {
    const route = event[kind];
    if (typeof route === 'string') {
      if (isUnknown(route) || OSLS_ROUTE.test(route)) return [];
      return refuse(
        [...path, kind],
        badRoute({ route: inQuotes(route) }),
        `- ${kind}: ${withSlash(route)}`,
      );
    }
    const given = recordOf(route).path;
    if (typeof given !== 'string' || isUnknown(given) || OSLS_PATH[kind].test(given)) return [];
    return refuse(
      [...path, kind, 'path'],
      badPath({ path: inQuotes(given) }),
      `path: ${slashed(given)}`,
    );
  });
}

function withSlash(route: string): string {
  const [method = 'GET', path = ''] = route.trim().split(/\s+/);
  return `${method} ${slashed(path)}`;
}

const slashed = (path: string): string => `/${path.replace(/^\/|\s.*$/g, '')}`;
