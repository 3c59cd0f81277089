import { expect, it } from 'vitest';
import { endpointFiles, usualFiles } from '../../src/dart/endpoint/files.ts';
import { isTypeName } from '../../src/dart/identifiers.ts';
import { NO_MODELS } from '../../src/dart/model/known.ts';
import { readSample } from '../../src/sample/sample.ts';
import { loadTemplate } from '../../src/templates.ts';

const template = await loadTemplate('endpoint');

it.each(['bad', 'aws-api-gateway'])(
  'gives the models of an endpoint %s no names of the runtime',
  async (key) => {
    const sample = readSample('id:int', { example: 'id:int' });
    const samples = { request: sample, response: sample };
    const spec = { key, method: 'POST', path: '/', parameters: [], ...samples };
    const { classes, files } = await endpointFiles(spec, 'shop', template, NO_MODELS);
    expect(classes).toHaveLength(2);
    expect(classes.filter(({ className }) => isTypeName(className))).toEqual([]);
    expect(files.map(({ path }) => path).sort()).toEqual(usualFiles(key).sort());
  },
);
