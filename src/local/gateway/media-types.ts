/** Strips the parameters of a media type: `image/png` for `Image/PNG; q=0.8`. */
function bare(mediaType: string): string {
  const end = mediaType.indexOf(';');
  return (end === -1 ? mediaType : mediaType.slice(0, end)).trim().toLowerCase();
}

/**
 * Tells whether a REST API with these binaryMediaTypes treats the type as binary. An entry may
 * be `image/*` or `*\/*`, but not `*\/png`, as recorded on AWS by
 * https://github.com/localstack/localstack/blob/main/tests/aws/services/apigateway/test_apigateway_lambda.py.
 */
export function matchesMediaType(
  binaryMediaTypes: readonly string[],
  mediaType: string | undefined,
): boolean {
  if (binaryMediaTypes.length === 0) return false;
  if (binaryMediaTypes.includes('*/*')) return true;
  if (mediaType === undefined) return false;
  const type = bare(mediaType);
  return binaryMediaTypes.some((entry) => {
    const wanted = entry.toLowerCase();
    if (wanted.startsWith('*/')) return false;
    return wanted.endsWith('/*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
  });
}

const TEXT_TYPES = new Set(['application/json', 'application/xml', 'application/javascript']);

/** Tells whether an HTTP API passes a body of the type to the function as text, not as base64. */
export function isHttpApiText(contentType: string | undefined): boolean {
  if (contentType === undefined) return false;
  const type = bare(contentType);
  return type.startsWith('text/') || TEXT_TYPES.has(type);
}
