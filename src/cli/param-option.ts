import type { OptionSpec } from './command-spec.ts';

/** Of each command that reads a service for a stage. */
export const paramOption: OptionSpec = {
  flags: '--param <name=value>',
  description: 'a parameter of serverless.yml; may be given more than once',
  repeatable: true,
};
