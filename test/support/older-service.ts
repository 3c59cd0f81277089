import {
  checksum,
  type MadeService,
  RECORD_FILE,
  readRecord,
  writeRecord,
} from '../../src/service/record.ts';
import type { ServiceSpec } from '../../src/service/service.ts';
import { newService } from './service.ts';

/**
 * A service as an earlier version would have made it, whose templates were different.
 *
 * @param templates the content of its files where that was another one; undefined where there was none
 */
export function olderService(
  templates: Readonly<Record<string, string | undefined>>,
  spec: Partial<ServiceSpec> = {},
): Record<string, string> {
  const { [RECORD_FILE]: text, ...present } = newService(spec);
  const files = Object.fromEntries(
    Object.entries({ ...present, ...templates }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
  const sums = Object.entries(files).map(([path, content]) => [path, checksum(content)]);
  const made = {
    ...(readRecord(text).made as MadeService),
    version: '0.0.9',
    files: Object.fromEntries(sums),
  };
  return {
    ...files,
    [RECORD_FILE]: writeRecord({ made, endpoints: new Map(), models: new Map() }) as string,
  };
}

/** Templates that differ from those of today in each way that they can. */
export const OLDER_TEMPLATES: Readonly<Record<string, string | undefined>> = {
  'lib/runtime/headers.dart': '// The headers of an earlier version.\n',
  'lib/runtime/parameters.dart': undefined,
  'lib/runtime/gone.dart': '// What no version needs any more.\n',
  'tool/programs.mjs': '// The programs of an earlier version.\n',
  'lib/handlers/hello.dart': '// The greeting of an earlier version.\n',
  'lib/main.dart': newService()['lib/main.dart']?.replace('///', '/// Earlier:'),
  Makefile: newService().Makefile?.replaceAll(
    /create-lambda-hello@[\d.]+/g,
    'create-lambda-hello@0.0',
  ),
};
