// A function for the conformance tests. What it does is in a header of the request, as base64:
// X-Answer: these very bytes are its response; X-Error: these are its error report; X-Exit: it
// ends with this code. Without any, it answers with the event that it was given.

const api = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation`;

/** @param {Record<string, string>} headers @param {string} name */
function header(headers, name) {
  const found = Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name);
  return found && Buffer.from(found[1], 'base64');
}

for (;;) {
  const next = await fetch(`${api}/next`);
  const id = next.headers.get('lambda-runtime-aws-request-id');
  const event = JSON.parse(await next.text());
  const [answer, error, exit] = ['x-answer', 'x-error', 'x-exit'].map((name) =>
    header(event.headers, name),
  );
  if (exit) process.exit(Number(exit.toString()));
  const body = error ?? answer ?? JSON.stringify({ statusCode: 200, body: JSON.stringify(event) });
  const response = await fetch(`${api}/${id}/${error ? 'error' : 'response'}`, {
    method: 'POST',
    body,
  });
  await response.text();
}
