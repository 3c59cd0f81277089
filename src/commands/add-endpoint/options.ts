import { type Flags, option } from '../../options/option.ts';
import { edits } from '../../options/shared.ts';
import { endpointMethod, endpointPath, METHODS } from '../../service/endpoint/rules.ts';

/** The options of `add-endpoint`, in the order of its questions. */
export const addEndpointOptions = {
  method: option.text({
    value: 'method',
    help: 'method',
    default: 'GET',
    choices: METHODS.map((value) => ({
      value,
      title: value === 'ANY' ? 'ANY (every method that has no endpoint of its own)' : value,
    })),
    parse: endpointMethod,
    question: 'Which method?',
  }),
  path: option.text({
    value: 'path',
    help: 'path, with {parameters}; {id:int} is typed',
    defaultHelp: '/<name>',
    parse: endpointPath,
    question: 'Which path? (/orders/{id}, or /orders/{id:int} for a typed parameter)',
  }),
  request: option.text({
    value: 'sample',
    help: 'JSON, @file.json or name:type,... of the body (GET: the query)',
  }),
  response: option.text({ value: 'sample', help: 'the same for the response' }),
  cors: option.flag({
    help: 'let web pages of other origins call it: cors of its route, and in lib/main.dart',
  }),
  partial: option.flag({
    help: 'if a file cannot be edited, write the rest and print what is left to paste',
  }),
  ...edits,
};

export type AddEndpointFlags = Flags<typeof addEndpointOptions>;
