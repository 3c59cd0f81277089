/** The handlers that lib/main.dart registers: `main.hello`, as osls finds the file that is compiled. */

const PREFIX = 'main.';

/** The name that add-endpoint registers the handler of a new function by. */
export const handlerFor = (key: string): string => `${PREFIX}${key}`;

/** Whether lib/main.dart is to register the handler. */
export const isOfMain = (handler: string): boolean => handler.startsWith(PREFIX);

/** The key of the function that add-endpoint registered the handler for. */
export const keyOfHandler = (handler: string): string =>
  isOfMain(handler) ? handler.slice(PREFIX.length) : handler;
