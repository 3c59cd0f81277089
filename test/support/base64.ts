/** The UTF-8 bytes of a text in base64. */
export const base64 = (text: string): string => Buffer.from(text).toString('base64');
