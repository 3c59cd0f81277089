/** How API Gateway reads the path of a request; what of it each event shows is the event's own. */

/**
 * A path without one slash at its end. A REST API takes `/orders/` for `/orders`, and osls
 * deploys a path that is configured so without it (osls: `getHttpPath` of api-gateway/lib/validate.js).
 */
export function withoutTrailingSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

/** A path that begins with one slash where it was sent with several, as a REST API has it. */
export function withOneLeadingSlash(path: string): string {
  return path.startsWith('//') ? path.replace(/^\/+/, '/') : path;
}

/** The text that percent signs encode in a part of a path; one that encodes nothing is left as it is. */
export function decodePath(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The parameters of a path, decoded. */
export function decodeParameters(
  parameters: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, decodePath(value)]),
  );
}
