/**
 * Maps keys of functions to the handlers that lib/main.dart registers: `main.hello`, in which osls
 * finds the file to compile.
 */

const PREFIX = 'main.';

/** Returns the handler that add-endpoint registers for a new function. */
export const handlerFor = (key: string): string => `${PREFIX}${key}`;

/** Returns whether lib/main.dart is the file that registers the handler. */
export const isOfMain = (handler: string): boolean => handler.startsWith(PREFIX);

/** Returns the key of the function that add-endpoint registered the handler for. */
export const keyOfHandler = (handler: string): string =>
  isOfMain(handler) ? handler.slice(PREFIX.length) : handler;
