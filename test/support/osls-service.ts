import { join } from 'node:path';
import { temporaryFolder, writeTree } from './folders.ts';

export const YML = `service: shop
plugins: [./tool/serverless-dart.mjs]
provider:
  name: aws
  runtime: provided.al2023
  region: \${opt:region, 'eu-west-1'}
  stage: \${opt:stage, 'dev'}
functions:
  hello:
    handler: main.hello
    events: [http: GET /hello]
`;

/** A service with something in the place of osls, and the script that a person would type. */
export function serviceFolder() {
  const cwd = temporaryFolder();
  writeTree(cwd, {
    'serverless.yml': YML,
    'node_modules/osls/package.json': '{"bin":{"serverless":"bin/serverless.js"}}',
  });
  const program = `'${process.execPath}' '${join(cwd, 'node_modules/osls/bin/serverless.js')}'`;
  const typed = (args: string) =>
    `${program} ${args}`.replace(`'${process.execPath}'`, process.execPath);
  return { cwd, typed };
}
