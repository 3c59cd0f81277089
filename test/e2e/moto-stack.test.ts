import { createServer } from 'node:http';
import { beforeAll, describe, expect, it } from 'vitest';
import { canDeploy, deployingMachine, inState } from '../support/deploying-machine.ts';
import { listening } from '../support/listening.ts';
import { NOTHING, REGION } from '../support/moto.ts';

describe.skipIf(!canDeploy)('what goes wrong on the way to AWS', () => {
  const machine = deployingMachine();
  const { cli, terminal, awsThat } = machine;

  describe('with a stack', () => {
    beforeAll(async () => {
      const { status, stderr } = await cli(['deploy']);
      expect(status, stderr).toBe(0);
    });

    it.each([
      [
        'ROLLBACK_COMPLETE',
        `create-lambda-hello remove --stage dev --region ${REGION}, then deploy`,
      ],
      [
        'REVIEW_IN_PROGRESS',
        `create-lambda-hello remove --stage dev --region ${REGION}, then deploy`,
      ],
      ['DELETE_FAILED', `create-lambda-hello remove --stage dev --region ${REGION}, then deploy`],
      [
        'UPDATE_ROLLBACK_FAILED',
        `aws cloudformation continue-update-rollback --stack-name shop-dev --region ${REGION}, then`,
      ],
      [
        'UPDATE_IN_PROGRESS',
        `aws cloudformation wait stack-update-complete --stack-name shop-dev --region ${REGION}, then`,
      ],
    ])('deploys nothing over %s, and says what is next', async (state, hint) => {
      const aws = await awsThat({
        change: (answer, body) =>
          body.includes('DescribeStacks') ? inState(state, answer) : answer,
      });
      const { status, stdout, stderr } = await cli(['deploy'], aws.env);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toMatch(/^error: [^\n]+\nTry: [^\n]+\n$/);
      expect(stderr).toContain(`error: the stack shop-dev (${REGION}) is ${state}: `);
      expect(stderr).toContain(`\nTry: ${hint}`);
      expect([...aws.calls].sort()).toEqual(['DescribeStacks', 'GetCallerIdentity']);
    });

    it('removes nothing without a terminal and without --yes', async () => {
      const before = await machine.moto.everything();
      const { status, stdout, stderr } = await cli(['remove']);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toBe(
        `error: remove deletes the stack shop-dev (${REGION}), and there is no terminal to ask in.\n` +
          `Try: create-lambda-hello remove --stage dev --region ${REGION} --yes\n`,
      );
      expect(await machine.moto.everything()).toEqual(before);
    });

    it('removes nothing while AWS is at work', async () => {
      const aws = await awsThat({
        change: (answer, body) =>
          body.includes('DescribeStacks') ? inState('UPDATE_IN_PROGRESS', answer) : answer,
      });
      const { status, stderr } = await cli(['remove', '--yes'], aws.env);
      expect(status).toBe(1);
      expect(stderr).toContain('wait stack-update-complete');
    });

    it('tells of a stack that is still there after the removal', async () => {
      const gone = `<DeleteStackResponse><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></DeleteStackResponse>`;
      let deleting = false;
      const aws = await awsThat({
        answer: (body) => {
          if (!body.includes('Action=DeleteStack&')) return undefined;
          deleting = true;
          return { status: 200, body: gone };
        },
        change: (answer, body) =>
          deleting && /Action=DescribeStack/.test(body)
            ? inState('DELETE_FAILED', answer).replace(
                /<ResourceStatus>\w+/g,
                '<ResourceStatus>DELETE_FAILED',
              )
            : answer,
      });
      const { status, stderr } = await cli(['remove', '--yes'], aws.env);
      expect(status).toBe(1);
      expect(stderr).toContain(`The stack shop-dev (${REGION}) is DELETE_FAILED.`);
    });

    it('removes nothing while a bucket has something in it that would be lost', async () => {
      const before = await machine.moto.everything();
      const [Bucket] = before.buckets as string[];
      await machine.moto.call('s3', 'PutObject', { Bucket, Key: 'mine/photo.jpg', Body: 'x' });
      const { status, stderr } = await cli(['remove', '--yes']);
      expect(status).toBe(1);
      expect(stderr).toContain(
        `error: the bucket ${Bucket} of the stack shop-dev is not empty: it has mine/photo.jpg. ` +
          'AWS cannot delete it. Nothing was removed.\n' +
          `Try: save what you need from it, then  aws s3 rm s3://${Bucket} --recursive`,
      );
      expect(await machine.moto.everything()).toEqual(before);
      await machine.moto.call('s3', 'DeleteObject', { Bucket, Key: 'mine/photo.jpg' });
    });

    describe('that tells its URLs', () => {
      /** An AWS of which the stack has the URL of its API among its outputs. */
      const withUrl = (url: string) =>
        awsThat({
          change: (answer, body) =>
            body.includes('Action=DescribeStacks')
              ? answer.replace(
                  '</StackStatus>',
                  `</StackStatus><Outputs><member><OutputKey>ServiceEndpoint</OutputKey><OutputValue>${url}</OutputValue></member></Outputs>`,
                )
              : answer,
        });
      /** An API that answers with a status. */
      async function api(status: number): Promise<string> {
        const server = createServer((_, response) => response.writeHead(status).end('{}'));
        return `http://127.0.0.1:${await listening(server)}/dev`;
      }

      it('prints them with a command that calls them', async () => {
        const url = `https://abc123.execute-api.${REGION}.amazonaws.com/dev`;
        const aws = await withUrl(url);
        const { status, stdout, stderr } = await cli(['deploy'], aws.env);
        expect(status).toBe(0);
        expect(stdout).toBe(
          `GET ${url}/hello\n    curl ${url}/hello\n` +
            `POST ${url}/postRequest\n    curl -H 'content-type: application/json' -d '{"name": "Ada"}' ${url}/postRequest\n`,
        );
        expect(stderr).toContain('warning: AWS_ENDPOINT_URL is http://127.0.0.1:');
        const refused = await cli(['deploy', '--smoke'], aws.env);
        expect(refused.status).toBe(1);
        expect(refused.stderr).toContain('the service is deployed, but --smoke cannot call it');
      });

      it('calls each GET endpoint with --smoke', async () => {
        const url = await api(404);
        const { status, stdout } = await cli(['deploy', '--smoke'], (await withUrl(url)).env);
        expect(status).toBe(0);
        expect(stdout).toMatch(/\nGET http:\S+\/dev\/hello 404 \d+ ms\n$/);
      });

      it('fails on a 5xx', async () => {
        const url = await api(502);
        const ended = await cli(['deploy', '--smoke'], (await withUrl(url)).env);
        expect(ended.status).toBe(1);
        expect(ended.stdout).toMatch(/\nGET http:\S+\/dev\/hello 502 \d+ ms\n$/);
        expect(ended.stderr).toContain(
          'error: the service is deployed, but 1 of 1 GET endpoints failed.\n' +
            `Try: create-lambda-hello logs hello --stage dev --region ${REGION}\n`,
        );
      });
    });

    it('goes when its name is typed in a terminal', async () => {
      const { status, screen } = await terminal(
        machine.service,
        ['remove'],
        [
          ['Type shop to remove it, stage dev:', 'y\r'],
          ['That is not shop.', '\x7fshop\r'],
        ],
      );
      expect(status, screen).toBe(0);
      expect(screen).toContain(`Removed: there is no stack shop-dev in ${REGION} any more.`);
      expect(await machine.moto.everything()).toEqual(NOTHING);
    });
  });
});
