// A function for the conformance tests. What it does is in a header of the request, as base64:
// X-Answer: these very bytes are its response; X-Error: these are its error report; X-Exit: it
// ends with this code; X-Stream: these very bytes are streamed as its response, of the type in
// X-Stream-Type, with the error of X-Stream-Error behind them; X-Size: its response has that many
// bytes; X-Hang: it has none. Without any, it answers with the event that it was given. Two
// variables are about its init: INIT_EXIT is the code that it ends with, INIT_ERROR its report.

import { existsSync, watch } from 'node:fs';
import http from 'node:http';
import { basename, dirname } from 'node:path';

const api = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation`;

/** @param {Record<string, string>} headers @param {string} name */
function header(headers, name) {
  const found = Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name);
  return found && Buffer.from(found[1], 'base64');
}

/** @param {string} url @param {Buffer} bytes @param {Record<string, string>} headers */
function sendStream(url, bytes, headers) {
  const error = header(headers, 'x-stream-error');
  return new Promise((resolve, reject) => {
    const request = http.request(url, {
      method: 'POST',
      headers: {
        'Lambda-Runtime-Function-Response-Mode': 'streaming',
        'Transfer-Encoding': 'chunked',
        'Content-Type': header(headers, 'x-stream-type')?.toString() ?? 'text/plain',
        ...(error && { Trailer: 'Lambda-Runtime-Function-Error-Type' }),
      },
    });
    request.on('response', (response) => response.resume().on('end', () => resolve(undefined)));
    request.on('error', reject);
    if (error) request.addTrailers({ 'Lambda-Runtime-Function-Error-Type': error.toString() });
    // In two pieces: it is a stream.
    request.write(bytes.subarray(0, 5));
    const rest = header(headers, 'x-stream-rest');
    if (rest === undefined) return void request.end(bytes.subarray(5));
    // It goes on when a file is there, which the test makes.
    request.write(bytes.subarray(5));
    const goOn = process.env.GO_ON ?? '';
    const watcher = watch(dirname(goOn), (_event, name) => {
      if (name !== basename(goOn) || !existsSync(goOn)) return;
      watcher.close();
      request.end(rest);
    });
  });
}

if (process.env.INIT_EXIT) process.exit(Number(process.env.INIT_EXIT));
if (process.env.INIT_ERROR) {
  const report = { method: 'POST', body: process.env.INIT_ERROR };
  await (await fetch(api.replace('invocation', 'init/error'), report)).text();
  process.exit(1);
}

for (;;) {
  const next = await fetch(`${api}/next`);
  const id = next.headers.get('lambda-runtime-aws-request-id');
  const event = JSON.parse(await next.text());
  const [answer, error, exit, stream] = ['x-answer', 'x-error', 'x-exit', 'x-stream'].map((name) =>
    header(event.headers, name),
  );
  if (stream) {
    await sendStream(`${api}/${id}/response`, stream, event.headers);
    continue;
  }
  if (exit) process.exit(Number(exit.toString()));
  const [size, hang] = [header(event.headers, 'x-size'), header(event.headers, 'x-hang')];
  if (hang) await new Promise((resolve) => setInterval(resolve, 60_000));
  const sized = size && Buffer.alloc(Number(size.toString()), 'x');
  const body =
    error ?? answer ?? sized ?? JSON.stringify({ statusCode: 200, body: JSON.stringify(event) });
  const response = await fetch(`${api}/${id}/${error ? 'error' : 'response'}`, {
    method: 'POST',
    body,
  });
  await response.text();
}
