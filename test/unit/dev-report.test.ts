import { expect, it } from 'vitest';
import { newWarnings, serviceWarnings } from '../../src/commands/dev/report.ts';
import { quoted } from '../../src/message.ts';
import { readServerlessYml } from '../../src/serverless-yml/read.ts';

it('tells a warning of serverless.yml once, and again where it has come back', () => {
  const newOnes = newWarnings();
  const added = (...warnings: string[]) => newOnes(warnings.map(quoted));
  expect(added('a', 'b')).toEqual(['a', 'b']);
  expect(added('a', 'b')).toEqual([]);
  expect(added('b', 'c')).toEqual(['c']);
  expect(added('a', 'b', 'c')).toEqual(['a']);
});

it('tells nothing twice of a service that is read again as it was', () => {
  const file = 'serverless.yml';
  const text = `service: shop
provider: { name: aws, runtime: provided.al2023, environment: { KEY: '\${ssm:/key}' } }
functions: { hello: { handler: main.hello, events: [http: GET hello, schedule: rate(1 hour)] } }
`;
  const added = newWarnings();
  const read = () => added(serviceWarnings(file, readServerlessYml(text, { file, env: {} })));
  expect(read()).toEqual([
    expect.stringContaining('osls refuses the route "GET hello"'),
    expect.stringContaining('ssm:/key} is not known on this machine'),
    expect.stringContaining(
      'serverless.yml: dev fires the schedules of hello with --schedules only',
    ),
  ]);
  expect(read()).toEqual([]);
});

it('warns of no schedule, queue or stream that its options deliver', () => {
  const text = `service: shop
provider: { name: aws, runtime: provided.al2023 }
functions:
  hello: { handler: main.hello, events: [schedule: rate(1 hour), sqs: arn:aws:sqs:us-east-1:1:q] }
`;
  const result = readServerlessYml(text, { file: 'serverless.yml', env: {} });
  const warningsWith = (options: { schedules?: boolean; sources?: string }) =>
    serviceWarnings('serverless.yml', result, options).join();
  expect(warningsWith({})).toMatch(/queues.*schedules/);
  expect(warningsWith({ schedules: true })).not.toMatch('schedules');
  expect(warningsWith({ sources: 'http://127.0.0.1:5000' })).not.toMatch('queues');
  expect(warningsWith({ schedules: true, sources: 'http://127.0.0.1:5000' })).toBe('');
});
