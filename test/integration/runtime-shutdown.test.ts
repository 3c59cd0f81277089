import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { permanentFolder, writeTree } from '../support/folders.ts';
import { listening } from '../support/listening.ts';
import { writeService } from '../support/service.ts';
import { dartTime } from '../support/speed.ts';
import { requireDart } from '../toolchain/fetch-dart-vm.mjs';

const dart = await requireDart();

const MAIN = `import 'dart:io';
import 'runtime/runtime.dart';

Future<void> main() async {
  final how = Platform.environment['HOW'];
  await (Runtime()
        ..onInit(() => print('init'))
        ..onShutdown(() => throw StateError('broken'))
        ..onShutdown(() async {
          await Future<void>.delayed(const Duration(milliseconds: 20));
          log.info('ending');
        })
        ..onShutdown(
          () => Future<void>.delayed(Duration(seconds: how == 'slow' ? 100 : 0)),
        )
        ..registerHandler<Object?>('main.hello', (context, event) async {
          print('begun');
          await Future<void>.delayed(const Duration(milliseconds: 300));
          return 'done';
        }))
      .invoke();
}
`;

describe.skipIf(dart === null)('a process that is told to end', () => {
  const { folder, remove } = permanentFolder();
  let service = '';

  beforeAll(() => {
    service = writeService(folder);
    writeTree(service, { 'lib/main.dart': MAIN });
  });
  afterAll(remove);

  /** Starts it, and ends it by SIGTERM once it has printed `when`, or asks for an event. */
  async function ended(when: 'begun' | 'next', env: Record<string, string> = {}) {
    const posted: string[] = [];
    let asked = 0;
    const server = createServer(async (request, response) => {
      if (request.url?.endsWith('/next')) {
        asked++;
        if (when === 'next') setTimeout(() => child.kill('SIGTERM'), 100);
        else if (asked === 1) {
          const deadline = String(Date.now() + 60_000);
          response.setHeader('Lambda-Runtime-Aws-Request-Id', 'id-1');
          response.setHeader('Lambda-Runtime-Deadline-Ms', deadline);
          response.end('{}');
        }
        return;
      }
      posted.push(`${request.url} ${await text(request)}`);
      response.writeHead(202).end();
    });
    const api = await listening(server);
    const child = spawn(dart?.dart ?? '', ['run', 'lib/main.dart'], {
      cwd: service,
      env: {
        ...process.env,
        ...env,
        AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${api}`,
        _HANDLER: 'main.hello',
      },
    });
    onTestFinished(() => {
      child.kill('SIGKILL');
      server.closeAllConnections();
      server.close();
    });
    const output = [text(child.stdout), text(child.stderr)];
    if (when === 'begun') {
      child.stdout.on('data', (data) => {
        if (String(data).includes('begun')) child.kill('SIGTERM');
      });
    }
    const [code, signal] = await once(child, 'exit');
    const [stdout = '', stderr = ''] = await Promise.all(output);
    return { code, signal, posted, stdout, stderr };
  }

  it(
    'runs its actions, though one fails, and ends with exit code 0',
    async () => {
      const { code, signal, stdout, stderr } = await ended('next');
      expect([code, signal]).toEqual([0, null]);
      expect(stdout).toBe('init\nINFO ending\n');
      expect(stderr).toContain('StateError: Bad state: broken');
    },
    dartTime(30_000),
  );

  it(
    'waits for no action that takes longer than Lambda does',
    async () => {
      const { code, stdout } = await ended('next', { HOW: 'slow' });
      expect([code, stdout]).toEqual([0, 'init\nINFO ending\n']);
    },
    dartTime(30_000),
  );

  it(
    'sends the response of the event that it handles first',
    async () => {
      const { code, posted, stdout } = await ended('begun');
      expect(code).toBe(0);
      expect(posted).toEqual(['/2018-06-01/runtime/invocation/id-1/response "done"']);
      expect(stdout).toBe('init\nbegun\nINFO ending\n');
    },
    dartTime(30_000),
  );

  it(
    'writes its lines in the format that Lambda asks for',
    async () => {
      const { stdout, stderr } = await ended('next', { AWS_LAMBDA_LOG_FORMAT: 'JSON' });
      const lines = (text: string) =>
        text
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(lines(stdout)).toMatchObject([
        { level: 'INFO', message: 'init' },
        { level: 'INFO', message: 'ending' },
      ]);
      expect(lines(stderr)).toMatchObject([
        { level: 'ERROR', message: 'Bad state: broken', errorType: 'StateError' },
      ]);
    },
    dartTime(30_000),
  );
});
