import { functionUses } from '../../src/serverless-yml/function-uses.ts';
import { readServerlessYml } from '../../src/serverless-yml/read.ts';

const file = 'serverless.yml';

/** The places that use a function, without the name of the file: `21:19 functions.hello.role`. */
export function usesIn(
  serverlessYml: string,
  { names = ['createOrder'], files = {} as Record<string, string> } = {},
): string[] {
  const options = {
    file,
    env: {},
    read: (path: string) => {
      const text = files[path];
      return text === undefined ? undefined : { path, text };
    },
  };
  const read = { ...readServerlessYml(serverlessYml, options), serverlessYml, options };
  return functionUses(read, names).map(({ place, by }) => `${place.replace(`${file}:`, '')} ${by}`);
}

/** A service with createOrder, and with hello, which what is added belongs to. */
export const service = `service: shop
provider:
  name: aws
  runtime: provided.al2023
functions:
  createOrder:
    handler: main.createOrder
    events:
      - http: POST /orders
  hello:
    handler: main.hello
`;
/** What the line after {@link service} is. */
export const LINE = 12;
/** Variables, which a text of TypeScript would take for its own. */
export const variable = (text: string) => text.replaceAll('$(', '$' + '{').replaceAll(')$', '}');
