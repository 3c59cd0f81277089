import { describe, expect, it } from 'vitest';
import { nodeCheck, npmCheck, oslsCheck } from '../../src/doctor/node.ts';
import { serviceCheck } from '../../src/doctor/service.ts';
import { diskCheck, makeCheck, portCheck } from '../../src/doctor/system.ts';
import { look, none, SSM, service, unreadable, type World } from '../support/doctor-checks.ts';

const CHECKS = {
  node: nodeCheck,
  npm: npmCheck,
  service: serviceCheck,
  osls: oslsCheck,
  make: makeCheck,
  disk: diskCheck,
};
type Row = [
  status: string,
  check: keyof typeof CHECKS,
  detail: RegExp,
  world?: World,
  fix?: RegExp,
];

describe('the checks', () => {
  it.each<Row>([
    ['ok', 'node', /^22\.13\.0$/],
    ['ok', 'node', /20\.19/, { machine: { nodeVersion: '20.19.0' } }],
    ['warn', 'node', /osls 4/, { machine: { nodeVersion: '23.1.0' } }, /LTS/],
    ['warn', 'node', /osls 4/, { machine: { nodeVersion: '22.1.0' } }, /LTS/],
    ['ok', 'node', /^24/, { machine: { nodeVersion: '24.0.0' } }],
    ['fail', 'node', /too old/, { machine: { nodeVersion: '20.18.9' } }, /20\.19 or newer/],

    ['ok', 'npm', /^10\.9\.2$/, { exits: { 'npm --version': { stdout: '10.9.2\n' } } }],
    ['fail', 'npm', /PATH/, { exits: { 'npm --version': { startError: 'ENOENT' } } }, /nodejs/],
    ['fail', 'npm', /exit code 7/, { exits: { 'npm --version': { code: 7 } } }, /nodejs/],
    ['fail', 'npm', /the check itself failed.*not in the script/],

    ['ok', 'service', /^shop, stage dev, in \/none\/shop$/],
    [
      'warn',
      'service',
      /^shop, .*; \$\{ssm:\/x\} is not known$/,
      { service: service({ warnings: [`${SSM} is not known`] }) },
    ],
    ['warn', 'service', /no service here/, { service: none }, /create one/],
    ['fail', 'service', /serverless\.yml:3:1/, { service: unreadable }, /correct it/],
    ['warn', 'osls', /belongs to a service/, { service: none }],

    [
      'ok',
      'make',
      /^GNU Make 4\.3$/,
      { exits: { 'make --version': { stdout: 'GNU Make 4.3\nx' } } },
    ],
    [
      'warn',
      'make',
      /PATH/,
      { exits: { 'make --version': { startError: 'ENOENT' } } },
      /create-lambda-hello dev/,
    ],
    [
      'warn',
      'make',
      /does not work/,
      { exits: { 'make --version': { code: 1 } } },
      /create-lambda-hello dev/,
    ],

    ['ok', 'disk', /^5\.0 GB free for \/none\/shop$/],
    ['ok', 'disk', /for \/none$/, { service: none }],
    ['warn', 'disk', /^999 MB/, { machine: { freeBytes: async () => 999_900_000 } }, /space/],
    ['fail', 'disk', /^99 MB/, { machine: { freeBytes: async () => 99_900_000 } }, /space/],
  ])('say %s for %s with %s', async (status, check, detail, world = {}, fix = undefined) => {
    const result = await look(CHECKS[check], world);
    expect(result).toMatchObject({ status, detail: expect.stringMatching(detail) });
    expect(result.fix ?? '').toMatch(fix ?? /^$/);
  });
});

describe('port', () => {
  const ss = "ss -H -l -t -n -p 'sport = :3000'";
  const taken = { machine: { portProblem: async () => 'EADDRINUSE' } };

  it('is fine when it is free', async () => {
    expect(await look(portCheck)).toMatchObject({ id: 'port', status: 'ok' });
  });

  it('names who has it', async () => {
    const exits = { [ss]: { stdout: 'LISTEN users:(("node",pid=12,fd=20))' } };
    const result = await look(portCheck, { ...taken, exits });
    expect(result).toMatchObject({ status: 'warn', detail: 'in use by node (process 12)' });
    expect(result.fix).toBe('create-lambda-hello dev --port 3001');
  });

  it('does without the name', async () => {
    const result = await look(portCheck, { ...taken, exits: { [ss]: { startError: 'ENOENT' } } });
    expect(result).toMatchObject({ status: 'warn', detail: 'in use by another program' });
  });

  it('tells of any other reason', async () => {
    const result = await look(portCheck, { machine: { portProblem: async () => 'EACCES' } });
    expect(result).toMatchObject({ status: 'warn', detail: 'dev cannot listen there (EACCES)' });
  });
});
