import { maxMemoryUsed } from '../../src/local/lambda/platform-log.ts';
import { startLocalServer } from '../../src/local/server.ts';
import { readServerlessYml } from '../../src/serverless-yml/read.ts';
import { run } from '../../src/tools/run.ts';

/** A local Lambda in a process of its own, whose memory is nobody else's; see local-process.mjs. */
const [, , yaml = '', program = ''] = process.argv;
const { service } = readServerlessYml(yaml, { file: 'serverless.yml', env: {} });
const local = await startLocalServer({
  service,
  launchOf: () => ({ tool: process.execPath, args: [program], cwd: process.cwd() }),
  run: async (command, options) => run(command, options),
  host: '127.0.0.1',
  port: 0,
  report: (report) => process.send?.({ report }),
  env: {},
});
// What the system tells of every process counts that of the one that started it, on Linux.
const peak = () => maxMemoryUsed(process.pid) ?? process.resourceUsage().maxRSS / 1024;
process.on('message', () => process.send?.({ peak: peak() }));
process.on('disconnect', () => local.close());
process.send?.({
  origin: local.origin,
  urls: Object.fromEntries(service.functions.map(({ key }) => [key, local.functionUrl(key)])),
});
