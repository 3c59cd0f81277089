// The client of gateway.mjs.

import { once } from 'node:events';
import { connect } from 'node:net';

/**
 * So many GET requests over so many kept connections. Bare sockets: a client of node:http would
 * take as long as what is measured.
 *
 * @param {string} url @param {number} connections @param {number} count
 */
export async function load(url, connections, count) {
  /** @type {number[]} */
  const times = [];
  let left = count;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = await connectTo(url);
      while (left-- > 0) times.push(await client.get());
      client.close();
    }),
  );
  return { rate: count / ((performance.now() - start) / 1000), times };
}

/** @param {string} url */
async function connectTo(url) {
  const { hostname, port, pathname, host } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await once(socket, 'connect');
  const request = `GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\nAccept: */*\r\n\r\n`;
  let received = '';
  /** @type {(error?: Error) => void} */
  let answered = () => {};
  socket.on('data', (data) => {
    received += data.toString('latin1');
    const end = received.indexOf('\r\n\r\n');
    if (end === -1) return;
    const length = /\r\ncontent-length: (\d+)/i.exec(received.slice(0, end))?.[1];
    if (received.length < end + 4 + Number(length)) return;
    const ok = received.startsWith('HTTP/1.1 200 ');
    answered(ok ? undefined : new Error(`${url} answered ${received.slice(0, 20)}`));
  });
  return {
    /** @returns {Promise<number>} */
    get: () =>
      new Promise((resolve, reject) => {
        const start = performance.now();
        received = '';
        answered = (error) => (error ? reject(error) : resolve(performance.now() - start));
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}
