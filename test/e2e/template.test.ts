import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canDeploy, deployingMachine, ODD } from '../support/deploying-machine.ts';
import { findProgram, REGION } from '../support/moto.ts';

describe.skipIf(!canDeploy)('a service on AWS', () => {
  const machine = deployingMachine(ODD);
  const cfnLint = findProgram('cfn-lint');
  if (cfnLint === undefined) {
    console.warn('\n!!! SKIPPED: no cfn-lint on PATH; templates are not checked !!!\n');
  }
  // moto takes no stack of an HTTP API, so its template is checked instead.
  it.skipIf(cfnLint === undefined).each(['rest', 'http'])(
    'compiles to a right CloudFormation template (%s)',
    async (api) => {
      const service = machine.generate(`lint-${api}`, '--api', api);
      const options = { cwd: service, env: machine.env as NodeJS.ProcessEnv };
      execFileSync('npx', ['serverless', 'package'], { ...options, stdio: 'pipe' });
      const file = join(service, '.serverless/cloudformation-template-update-stack.json');
      const { status, stdout } = spawnSync(cfnLint as string, ['--regions', REGION, '--', file], {
        encoding: 'utf8',
        env: { ...process.env, HOME: machine.folder },
      });
      const types = Object.values<{ Type: string }>(
        JSON.parse(readFileSync(file, 'utf8')).Resources,
      );
      expect(types.map(({ Type }) => Type)).toContain(
        api === 'http' ? 'AWS::ApiGatewayV2::Api' : 'AWS::ApiGateway::RestApi',
      );
      // 4 is for warnings, of which osls's own names give some; errors are 2.
      expect(stdout).not.toMatch(/^E\d/m);
      expect([0, 4]).toContain(status);
    },
  );
});
