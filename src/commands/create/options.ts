import { type Flags, option } from '../../options/option.ts';
import { regionNamed } from '../../service/region.ts';

/** The options of `create`, in the order of its questions. */
export const createOptions = {
  api: option.choice({
    value: 'kind',
    help: 'kind of API',
    default: 'rest',
    choices: [
      {
        value: 'rest',
        help: 'API Gateway REST API',
        title: 'REST API (API keys, request validation, caching)',
      },
      { value: 'http', help: 'HTTP API', title: 'HTTP API (cheaper, faster, fewer features)' },
    ],
    question: 'Which kind of API?',
  }),
  arch: option.choice({
    value: 'architecture',
    help: 'processor',
    default: 'arm64',
    choices: [
      { value: 'arm64', title: 'arm64 (Graviton, about 20 % cheaper)' },
      { value: 'x86_64' },
    ],
    question: 'Which processor should it run on?',
  }),
  region: option.text({
    value: 'region',
    help: 'AWS region',
    defaultHelp: 'from the AWS configuration, else us-east-1',
    parse: regionNamed,
    question: 'In which AWS region?',
  }),
  memory: option.wholeNumber({
    value: 'MB',
    help: 'memory of a function',
    range: [128, 10_240],
    unit: 'MB',
    default: 128,
    question: 'How much memory, in MB?',
  }),
  timeout: option.wholeNumber({
    value: 'seconds',
    help: 'timeout of a function',
    range: [1, 900],
    unit: 'seconds',
    default: 10,
    question: 'After how many seconds does a request time out?',
  }),
  shelf: option.flag({ help: 'one function with an app of package:shelf, for all paths' }),
  runtime: option.choice({
    value: 'kind',
    help: 'where the code comes from that speaks to AWS Lambda',
    default: 'embedded',
    choices: [
      { value: 'embedded', help: 'the service itself, in lib/runtime/' },
      {
        value: 'compatible',
        help: 'the same, with the names of aws_lambda_dart_runtime 1.1.0 too',
      },
      { value: 'package', help: 'aws_lambda_dart_runtime 1.1.0 of pub.dev' },
    ],
  }),
  yes: option.flag({ short: 'y', help: 'take the defaults, ask nothing' }),
  install: option.flag({
    help: 'install osls too, which deploys the service',
    // Older versions needed it for what is the default now.
    hiddenNegation: true,
  }),
  git: option.negated({ help: 'do not run git init' }),
  dryRun: option.flag({ help: 'show what would be created, write nothing' }),
  verbose: option.flag({ help: 'print more details' }),
};

export type CreateFlags = Flags<typeof createOptions>;
