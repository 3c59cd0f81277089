/**
 * Normalizes and decodes request paths as API Gateway does. Which form an event contains is
 * decided where the event is built.
 */

/**
 * Removes one slash from the end of a path. A REST API treats `/orders/` as `/orders`, and osls
 * deploys a path configured with the slash without it (`getHttpPath` in
 * https://github.com/oss-serverless/osls/blob/main/lib/plugins/aws/package/compile/events/api-gateway/lib/validate.js).
 */
export function withoutTrailingSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

/** Reduces several slashes at the start of a path to one, as a REST API does. */
export function withOneLeadingSlash(path: string): string {
  return path.startsWith('//') ? path.replace(/^\/+/, '/') : path;
}

/** Decodes the percent-encoding of a path segment. An invalid sequence stays as it is. */
export function decodePath(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Decodes the values of path parameters. */
export function decodeParameters(
  parameters: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, decodePath(value)]),
  );
}
