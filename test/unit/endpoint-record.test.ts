import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { checksum, readRecord, writeRecord } from '../../src/service/endpoint-record.ts';

describe('the record of what add-endpoint wrote', () => {
  it('is read as it was written, whatever the order', () => {
    const record = new Map([
      ['orders', { 'lib/handlers/orders.dart': 'aa' }],
      ['hello', { 'lib/handlers/hello.dart': 'bb', 'test/handlers/hello_test.dart': 'cc' }],
    ]);
    const text = writeRecord(record);
    expect(readRecord(text)).toEqual(record);
    expect(writeRecord(new Map([...record].reverse()))).toBe(text);
  });

  it('has no file when there is nothing in it', () => {
    expect(writeRecord(readRecord(undefined))).toBeUndefined();
  });

  it.each(['', '{', '[]', '{}', '{"endpoints": []}', '{"endpoints": {"a": {"b": 1}}}'])(
    'is refused when it is broken: %s',
    (text) => {
      expect(() => readRecord(text)).toThrow(UserError);
    },
  );

  it('has checksums that do not depend on the line endings', () => {
    expect(checksum('a\r\nb\r\n')).toBe(checksum('a\nb\n'));
    expect(checksum('a\nb\n')).not.toBe(checksum('a\nb'));
  });
});
