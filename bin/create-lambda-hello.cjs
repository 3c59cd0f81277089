#!/usr/bin/env node
// Starts the built CLI. The syntax here is old on purpose: a Node too old for
// the CLI must still be able to parse this file, to say so.
var ended = false;
var version = process.versions.node.split('.');
if (Number(version[0]) * 1000 + Number(version[1]) < 20019) {
  console.error(
    'error: create-lambda-hello needs Node.js 20.19 or newer, this is ' +
      process.versions.node +
      '.\n' +
      'Try: install a current Node.js from https://nodejs.org',
  );
  process.exitCode = 1;
} else {
  // A program whose promises wait for nothing ends, and as a success: that must be seen.
  process.once('beforeExit', () => {
    if (ended) return;
    console.error('error: a defect of create-lambda-hello, please report it: it ended too early');
    process.exitCode = 1;
  });
  require('../dist/main.cjs').ended.then(() => {
    ended = true;
  });
}
