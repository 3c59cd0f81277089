// Makes docs/recording.svg, the recording of the README: the built command in two real terminals, one
// above the other. Nothing is staged but the typing; waits are cut to a second. Again, after
// `npm run build`:  node bench/record.mjs

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { recordingSvg } from './recording/svg.mjs';
import { RecordedTerminal } from './recording/terminal.mjs';
import { dartEnv, root, temporaryFolder } from './support.mjs';

const COLUMNS = 84;
/** A wait that nobody wants to look at is shown as one of this length. */
const LONGEST_WAIT_MS = 1000;
const LAST_LOOK_MS = 3500;
const MOST_BYTES = 150_000;
const MOST_SECONDS = 30;

const { env: inherited, binDir } = await dartEnv();
const { folder, remove } = temporaryFolder();
// npx finds commands in the node_modules of all folders above.
mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
symlinkSync(
  join(root, 'bin/create-lambda-hello.cjs'),
  join(folder, 'node_modules/.bin/create-lambda-hello'),
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
  for (const question of [
    'Which kind',
    'Which processor',
    'In which AWS region',
    'How much memory',
  ]) {
    await upper.sees(question);
    await upper.presses('\r');
  }
  await upper.sees('After how many');
  await upper.presses('\r');
  await upper.sees('npm install');
  await upper.seesSoon('added ', LONGEST_WAIT_MS);
  await upper.sees('make deploy');
  await upper.sees('$ ');
  await upper.types('cd hello && make dev\r');
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
for (const private_ of [folder, root, binDir, hostname(), userInfo().username, 'npm warn']) {
  if (svg.text.includes(private_)) throw new Error(`the recording shows ${private_}`);
}
if (svg.text.length > MOST_BYTES) throw new Error(`${svg.text.length} bytes are too many`);
if (svg.seconds > MOST_SECONDS) throw new Error(`${svg.seconds} s are too long`);
writeFileSync(join(root, 'docs/recording.svg'), svg.text);
console.log(`docs/recording.svg: ${svg.text.length} bytes, ${svg.seconds.toFixed(1)} s`);
