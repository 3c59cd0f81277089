import { regionNamed } from '../service/region.ts';
import { stageNamed } from '../service/stage.ts';
import { option } from './option.ts';

/** Shared by the commands that read a service for a stage. */
export const param = option.texts({ value: 'name=value', help: 'a parameter of serverless.yml' });

/** Options that select a deployed service and its account. */
export const target = {
  stage: option.text({
    value: 'stage',
    help: 'stage',
    defaultHelp: 'what serverless.yml says, dev',
    parse: stageNamed,
  }),
  region: option.text({
    value: 'region',
    help: 'AWS region',
    defaultHelp: 'what serverless.yml says',
    parse: regionNamed,
  }),
  awsProfile: option.text({ value: 'profile', help: 'profile of the AWS configuration' }),
  param,
};

/** Shared by the commands that can print their result for a program. */
export const json = option.flag({ help: 'print one JSON document' });

const buildInContainer = option.flag({
  help: 'compile in a container, even if there is a Dart SDK',
});

export const buildOptions = {
  ...target,
  force: option.flag({ help: 'build, even if nothing has changed' }),
  buildInContainer,
};

export const deployOptions = {
  ...target,
  smoke: option.flag({ help: 'then call each GET endpoint; fail on a 5xx' }),
  buildInContainer,
};

export const removeOptions = {
  ...target,
  yes: option.flag({ short: 'y', help: 'do not ask; required without a terminal' }),
};

export const logsOptions = {
  ...target,
  tail: option.flag({ help: 'keep printing new log lines until Ctrl-C' }),
};

/** Shared by the commands that edit a service. */
export const edits = {
  dryRun: option.flag({ help: 'print the diff, write nothing' }),
  yes: option.flag({ short: 'y', help: 'ask nothing' }),
  param,
  json,
};

export const upgradeOptions = {
  pins: option.flag({ help: 'raise osls in package.json and the Dart SDK in pubspec.yaml' }),
  force: option.flag({ help: 'replace edited files of lib/runtime/ and tool/ too' }),
  dryRun: edits.dryRun,
  json,
};

export const removeEndpointOptions = {
  ...edits,
  force: option.flag({ help: 'delete edited files too' }),
};

export const addModelOptions = { dryRun: edits.dryRun, yes: edits.yes, json };

export const removeModelOptions = { ...addModelOptions, force: removeEndpointOptions.force };

export const endpointsOptions = {
  ...target,
  stage: option.text({
    value: 'stage',
    help: 'show the URLs that the deployed stage has',
    parse: stageNamed,
  }),
  json,
};

export const functionsOptions = { stage: target.stage, region: target.region, param, json };

export const doctorOptions = { ...target, json };
