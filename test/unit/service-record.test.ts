import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import type { RecordedFunction } from '../../src/service/new-function.ts';
import {
  checksum,
  type MadeService,
  RECORD_FILE,
  type RecordedFiles,
  readRecord,
  writeRecord,
} from '../../src/service/record.ts';
import { VERSION, versionRange } from '../../src/version.ts';
import { newService } from '../support/service.ts';

describe('the record of a service', () => {
  const endpoints = new Map<string, RecordedFiles>([
    ['orders', { 'lib/handlers/orders.dart': 'aa' }],
    ['hello', { 'lib/handlers/hello.dart': 'bb', 'test/handlers/hello_test.dart': 'cc' }],
  ]);
  const made: MadeService = {
    version: '0.1.0',
    variables: { name: 'shop', memory: 128 },
    files: { 'tool/run.mjs': 'dd', 'lib/runtime/runtime.dart': 'ee' },
  };

  const models = new Map([
    ['Order', { library: 'order.dart', shape: 'ff', files: { 'lib/models/order.dart': 'gg' } }],
    ['OrderItem', { library: 'order.dart', shape: 'hh' }],
  ]);
  const none = new Map();
  const functions = new Map<string, RecordedFunction>([
    ['onTick', { event: 'schedule', events: [{ kind: 'schedule', settings: 'rate(1 day)' }] }],
    [
      'onOrder',
      {
        event: 'sqs',
        events: [{ kind: 'sqs', settings: { arn: { 'Fn::GetAtt': ['Orders', 'Arn'] } } }],
        settings: { timeout: 30 },
        resources: { Orders: { Type: 'AWS::SQS::Queue' } },
        statements: [{ Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: '*' }],
        emptied: { resources: ' {}' },
      },
    ],
  ]);

  it.each([
    ['of a new service', { made, endpoints: none, models: none }],
    ['with endpoints', { made, endpoints, models: none }],
    ['with models', { made, endpoints, models }],
    ['with functions', { made, endpoints, models: none, functions }],
    ['of a service that is older than it', { made: undefined, endpoints, models: none }],
  ])('%s is read as it was written, whatever the order', (_, record) => {
    const text = writeRecord(record);
    expect(readRecord(text)).toEqual(record);
    expect(writeRecord({ ...record, endpoints: new Map([...record.endpoints].reverse()) })).toBe(
      text,
    );
    if ('functions' in record) {
      const reversed = new Map([...record.functions].reverse());
      expect(writeRecord({ ...record, functions: reversed })).toBe(text);
    }
  });

  it('has no file when there is nothing in it', () => {
    expect(writeRecord(readRecord(undefined))).toBeUndefined();
  });

  it.each([
    '',
    '{',
    '[]',
    '{}',
    '{"endpoints": []}',
    '{"endpoints": {"a": {"b": 1}}}',
    '{"version": 1, "variables": {}, "generated": {}}',
    '{"version": "1.0.0", "variables": {"a": null}, "generated": {}}',
    '{"version": "1.0.0", "variables": {}, "generated": {"a": 1}}',
    '{"version": "1.0.0", "variables": {}}',
    '{"endpoints": {}, "cors": {}}',
    '{"endpoints": {}, "cors": {"endpoints": ["a"], "call": 1}}',
    '{"endpoints": {}, "functions": []}',
    '{"endpoints": {}, "functions": {"a": {"events": []}}}',
    '{"endpoints": {}, "functions": {"a": {"event": "sqs", "events": [{"kind": "sqs"}]}}}',
    '{"endpoints": {}, "functions": {"a": {"event": "sqs", "events": [], "resources": {"Q": null}}}}',
    '{"version": "1.0.0", "variables": {}, "generated": {"lib/../../x": "a"}}',
  ])('is refused when it is broken: %s', (text) => {
    expect(() => readRecord(text)).toThrow(UserError);
  });

  it('of a new service has a checksum of each file of the template, and how it was filled in', () => {
    const { [RECORD_FILE]: text, ...files } = newService({ name: 'shop', api: 'http' });
    const { made } = readRecord(text);
    expect(made?.version).toBe(VERSION);
    expect(made?.variables).toMatchObject({ name: 'shop', api: 'http', dlx: 'npx' });
    const expected = Object.entries(files).map(([path, content]) => [path, checksum(content)]);
    expect(made?.files).toEqual(Object.fromEntries(expected));
  });

  it('has checksums that do not depend on the line endings', () => {
    expect(checksum('a\r\nb\r\n')).toBe(checksum('a\nb\n'));
    expect(checksum('a\nb\n')).not.toBe(checksum('a\nb'));
  });

  it('has commands that name a version with its corrections', () => {
    expect(versionRange('0.1.3')).toBe('0.1');
    expect(versionRange('0.2.0-beta.1')).toBe('0.2.0-beta.1');
  });
});
