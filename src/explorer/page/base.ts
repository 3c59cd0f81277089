/** The address of the page, without a slash at its end. */
export const base = new URL('.', import.meta.url).href.slice(0, -1);
