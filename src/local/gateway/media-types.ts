/** `image/png` of `image/png; q=0.8`, in lower case. */
function bare(mediaType: string): string {
  const end = mediaType.indexOf(';');
  return (end === -1 ? mediaType : mediaType.slice(0, end)).trim().toLowerCase();
}

/**
 * Whether a REST API with these binaryMediaTypes takes the type for binary.
 * An entry may have a wildcard in place of its second half, or of both, but not of
 * the first alone (recorded).
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

/** Whether an HTTP API gives a body of the type as text; everything else is base64 (reference). */
export function isHttpApiText(contentType: string | undefined): boolean {
  if (contentType === undefined) return false;
  const type = bare(contentType);
  return type.startsWith('text/') || TEXT_TYPES.has(type);
}
