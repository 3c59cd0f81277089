import { appendFileSync, existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  ARCHITECTURE,
  canDeploy,
  deployingMachine,
  errorXml,
} from '../support/deploying-machine.ts';
import { NOTHING } from '../support/moto.ts';

const CANNOT_INSTALL =
  /^osls, which builds [^\n]*\n\$ npm install --no-audit --no-fund\n[\s\S]*\nerror: osls is not installed: npm install [^\n]* failed with exit code 1; what it says is above\.\nTry: cd '[^\n]*' && npm install --no-audit --no-fund\n$/;

describe.skipIf(!canDeploy)('what goes wrong on the way to AWS', () => {
  const machine = deployingMachine();
  const { generate, cli, awsThat } = machine;
  /** Nobody listens there, and nothing is in the cache. */
  const noRegistry = {
    npm_config_registry: 'http://127.0.0.1:9',
    npm_config_fetch_retries: '0',
    npm_config_cache: join(machine.folder, 'empty'),
  };

  describe.each(['deploy', 'remove'])('%s', (command) => {
    const args = command === 'remove' ? ['remove', '--yes'] : ['deploy'];

    it('says where it looked for credentials', async () => {
      const { status, stdout, stderr } = await cli(args, {
        AWS_ACCESS_KEY_ID: undefined,
        AWS_SECRET_ACCESS_KEY: undefined,
      });
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toBe(
        'error: no AWS credentials were found. Looked at --aws-profile, AWS_PROFILE, ' +
          'AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY, the profile default of ' +
          '~/.aws/credentials and ~/.aws/config, and the surroundings (container, EC2 instance).\n' +
          'Try: aws configure, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a ' +
          'profile with --aws-profile\n',
      );
    });

    it('names the profile that there is not, whatever it is called', async () => {
      const profile = '$(touch pwned); "x"';
      const { status, stderr } = await cli([...args, '--aws-profile', profile]);
      expect(status).toBe(1);
      expect(stderr).toContain(
        `error: no AWS credentials: the profile ${profile} (--aws-profile) gives none.`,
      );
      expect(existsSync(join(machine.service, 'pwned'))).toBe(false);
    });

    it.each([
      [
        'ExpiredToken',
        'The security token is expired',
        'the AWS credentials have expired',
        'new keys',
      ],
      ['InvalidClientTokenId', 'The token is invalid.', 'does not know', 'aws configure'],
      ['AccessDenied', 'not authorized to perform: x:Y', 'x:Y', 'in IAM'],
    ])('tells of %s', async (code, message, problem, hint) => {
      const aws = await awsThat({ answer: () => ({ status: 403, body: errorXml(code, message) }) });
      const { status, stdout, stderr } = await cli(args, aws.env);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toMatch(/^error: [^\n]+\nTry: [^\n]+\n$/);
      expect(stderr).toContain(problem);
      expect(stderr).toContain(hint);
    });

    it('tells of an endpoint that nobody listens at', async () => {
      const { status, stderr } = await cli(args, { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' });
      expect(status).toBe(1);
      expect(stderr).toBe(
        'error: http://127.0.0.1:9 cannot be reached (ECONNREFUSED).\n' +
          'Try: start what should listen there, or unset AWS_ENDPOINT_URL to use AWS itself\n',
      );
    });

    it('says what to do where osls cannot be installed', async () => {
      const bare = generate(`bare-${command}`);
      rmSync(join(bare, 'node_modules'));
      const { status, stderr } = await cli(args, noRegistry, bare);
      expect(status).toBe(1);
      expect(stderr).toMatch(CANNOT_INSTALL);
    });
  });

  it.each(['build', 'info', 'logs'])('%s says so, too', async (command) => {
    const bare = generate(`bare-${command}`);
    rmSync(join(bare, 'node_modules'));
    const { status, stderr } = await cli(
      command === 'logs' ? ['logs', 'hello'] : [command],
      noRegistry,
      bare,
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(CANNOT_INSTALL);
  });

  it('says what was searched when nothing can compile', async () => {
    const PATH = dirname(process.execPath);
    const { status, stderr } = await cli(['deploy'], { PATH, CONTAINER_ENGINE: 'no-engine' });
    expect(status).toBe(1);
    expect(stderr).toContain(`error: nothing here can compile Dart for Linux ${ARCHITECTURE}.\n`);
    expect(stderr).toContain('  - no dart on PATH\n');
    expect(stderr).toContain('no-engine: not installed\n');
    expect(stderr).toMatch(/\nTry: [^\n]*https:\/\/dart\.dev\/get-dart[^\n]*\n$/);
    expect(await machine.moto.everything()).toEqual(NOTHING);
  });

  it('shows a compile error with file and line, and keeps the exit code', async () => {
    const wrong = generate('wrong');
    appendFileSync(join(wrong, 'lib/handlers/hello.dart'), 'int wrong = "text";\n');
    const { status, stdout, stderr } = await cli(['deploy'], {}, wrong);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/lib\/handlers\/hello\.dart:\d+:\d+: Error: /);
    expect(stderr).toMatch(
      /\nerror: serverless deploy failed with exit code 1; what it says is above\./,
    );
    expect(await machine.moto.everything()).toEqual(NOTHING);
    expect((await cli(['build'], {}, wrong)).status).toBe(1);
  });
});
