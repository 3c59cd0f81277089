import { availableParallelism } from 'node:os';
import { type Flags, option } from '../../options/option.ts';
import { param } from '../../options/shared.ts';
import { DEFAULT_ADDRESS } from '../../service/defaults.ts';
import { stageNamed } from '../../service/stage.ts';

export const devOptions = {
  port: option.port({
    value: 'port',
    help: 'port of the API',
    // 0 chooses any free port.
    range: [0, 65_535],
    default: DEFAULT_ADDRESS.port,
    suggestion: String(DEFAULT_ADDRESS.port),
  }),
  host: option.text({
    value: 'address',
    help: 'address to listen on',
    default: DEFAULT_ADDRESS.host,
  }),
  stage: option.text({
    value: 'stage',
    help: 'stage, as in serverless deploy --stage',
    defaultHelp: 'dev',
    parse: stageNamed,
  }),
  param,
  envFile: option.text({
    value: 'file',
    help: 'file with environment variables, besides .env',
    completion: 'file',
  }),
  concurrency: option.wholeNumber({
    value: 'number',
    help: 'processes of a function at once',
    range: [1, 1000],
    default: availableParallelism(),
    defaultHelp: 'the cores',
  }),
  warm: option.wholeNumber({
    value: 'number',
    help: 'functions to start before they are asked',
    range: [0, 1000],
    default: availableParallelism(),
    defaultHelp: 'the cores',
    negation: 'start functions at their first request only, as AWS does',
  }),
  reload: option.negated({ help: 'do not reload when files change' }),
  bootstrap: option.flag({ help: 'run what  build  has compiled, not the sources' }),
  schedules: option.flag({ help: 'invoke functions when their schedules are due' }),
  sources: option.text({
    value: 'url|aws',
    help: 'deliver what queues and streams at a stand-in for AWS have; aws is AWS_ENDPOINT_URL',
  }),
  yesAws: option.flag({ help: 'let --sources take messages from AWS itself' }),
  explorer: option.negated({ help: 'serve no page that shows the API and its requests' }),
  json: option.flag({ help: 'print one JSON document per line' }),
  quiet: option.flag({ help: 'show only problems and what functions print' }),
  verbose: option.flag({ help: 'print more details' }),
};

export type DevFlags = Flags<typeof devOptions>;
