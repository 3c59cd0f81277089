import { type Flags, option } from '../../options/option.ts';
import { json, target } from '../../options/shared.ts';
import { SAMPLE_EVENTS } from '../../sample/event/names.ts';
import { REQUEST_METHODS } from '../../service/endpoint/rules.ts';
import { stageNamed } from '../../service/stage.ts';

export const invokeOptions = {
  data: option.text({ value: 'json', help: 'the event, as JSON' }),
  dataFile: option.text({
    value: 'file',
    help: 'file with the event; - is standard input',
    completion: 'file',
  }),
  event: option.text({
    value: 'sample',
    help: 'a sample event',
    defaultHelp: 'a request of its route or an event of its source, else {}',
    completion: async () => Object.keys(SAMPLE_EVENTS),
  }),
  payload: option.text({
    value: 'json|@file',
    help: 'payload of the sample event: the body of a message, the detail of an event',
  }),
  listEvents: option.flag({ help: 'list the sample events' }),
  path: option.text({ value: 'path', help: 'path of the sample request, with its query' }),
  method: option.text({
    value: 'method',
    help: 'method of the sample request',
    completion: async () => REQUEST_METHODS,
  }),
  port: option.port({
    value: 'port',
    help: 'port of dev',
    range: [1, 65_535],
    defaultHelp: 'where it runs, else 3000',
    suggestion: '3000',
  }),
  ...target,
  stage: option.text({
    value: 'stage',
    help: 'call the deployed function of the stage',
    parse: stageNamed,
  }),
  clientContext: option.text({ value: 'json', help: 'client context, as JSON' }),
  json,
  verbose: option.flag({ help: 'show every frame of the stack trace of an error' }),
};

export type InvokeFlags = Flags<typeof invokeOptions>;
