// Makes docs/recording.svg, the recording of the README: the built command in two real terminals, one
// above the other. The typing is the script's, and waits are shown as a second at most. Where there is
// no Dart SDK, `dart` is the VM for tests, whose `pub get` is a stand-in. Needs port 3000 and, for
// times as on an idle machine, one. Again, after `npm run build`:  node bench/record.mjs

import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { recordingSvg } from './recording/svg.mjs';
import { RecordedTerminal } from './recording/terminal.mjs';
import { dartEnv, root, temporaryFolder } from './support.mjs';

const COLUMNS = 84;
const DOWN = '\x1b[B';
/** A wait that nobody wants to look at is shown as one of this length. */
const LONGEST_WAIT_MS = 1000;
const LAST_LOOK_MS = 3500;
const MOST_BYTES = 150_000;
const MOST_SECONDS = 30;

const { env: inherited, binDir } = await dartEnv();
const { folder, remove } = temporaryFolder();
// npx finds commands in the node_modules of all folders above. A copy: a build may come meanwhile.
const modules = join(folder, 'node_modules');
for (const part of ['bin', 'dist', 'package.json']) {
  cpSync(join(root, part), join(modules, 'create-lambda-hello', part), { recursive: true });
}
mkdirSync(join(modules, '.bin'));
symlinkSync(
  '../create-lambda-hello/bin/create-lambda-hello.cjs',
  join(modules, '.bin/create-lambda-hello'),
);
const work = join(folder, 'work');
mkdirSync(work);
const env = {
  PATH: `${inherited.PATH}`,
  HOME: folder,
  LANG: 'C.UTF-8',
  TERM: 'xterm-256color',
  PS1: '$ ',
  AWS_REGION: 'eu-central-1',
  npm_config_update_notifier: 'false',
  npm_config_fund: 'false',
};

const upper = new RecordedTerminal({ cwd: work, env, columns: COLUMNS, rows: 22 });
/** @type {RecordedTerminal | undefined} */
let lower;
try {
  await upper.sees('$ ');
  await upper.types('npx create-lambda-hello hello\r');
  await upper.sees('Which kind');
  await upper.presses(DOWN);
  await upper.presses('\r');
  for (const question of ['Which processor', 'AWS region', 'How much memory', 'After how many']) {
    await upper.sees(question);
    await upper.presses('\r');
  }
  await upper.sees('make deploy');
  await upper.sees('$ ');
  await upper.types('cd hello\r');
  await upper.sees('$ ');
  await upper.types('make dev\r');
  await upper.sees('Ready.');

  lower = new RecordedTerminal({ cwd: join(work, 'hello'), env, columns: COLUMNS, rows: 7 });
  await lower.sees('$ ');
  await lower.types('curl localhost:3000/hello; echo\r');
  await lower.sees('"}');
  await lower.sees('$ ');
  await lower.types("sed -i 's/Hello to/Ahoy,/' lib/handlers/hello.dart\r");
  await upper.sees('Reloaded');
  await lower.sees('$ ');
  await lower.types('curl localhost:3000/hello; echo\r');
  await lower.sees('Ahoy');
  await lower.sees('$ ');
  await upper.sees('warm');
  await upper.presses('q');
  await upper.sees('$ ');
} finally {
  await lower?.end();
  await upper.end();
  remove();
}

const svg = recordingSvg([upper, lower], {
  columns: COLUMNS,
  longestWait: LONGEST_WAIT_MS,
  lastLook: LAST_LOOK_MS,
  title:
    'A terminal: create-lambda-hello generates a service and serves it; below, curl calls it, its code is changed, and the next call runs the new code',
});
const shown = upper.output + lower.output + svg.text;
for (const text of [tmpdir(), root, binDir, homedir(), hostname(), userInfo().username]) {
  if (shown.includes(text)) throw new Error(`the recording shows ${text}`);
}
if (shown.includes('npm warn')) throw new Error('the recording shows a warning of npm');
const bytes = Buffer.byteLength(svg.text);
if (bytes > MOST_BYTES) throw new Error(`${bytes} bytes are too many`);
if (svg.seconds > MOST_SECONDS) throw new Error(`${svg.seconds} s are too long`);
writeFileSync(join(root, 'docs/recording.svg'), svg.text);
console.log(`docs/recording.svg: ${bytes} bytes, ${svg.seconds.toFixed(1)} s`);
