import { message } from '../message.ts';

export const notJson = message`it is not JSON: ${'reason'}.`;
export const tooDeep = message`it is nested too deeply.`;
export const tooManyValues = message`its aliases stand for too many values.`;
export const unresolvedAlias = message`Unresolved alias (the anchor must be set before the alias): ${'name'}.`;
export const aliasInItself = message`the alias *${'name'} is inside the node that it refers to.`;
export const keyIsCollection = message`a key is a list or a map.`;
export const mergeTakesMaps = message`\`<<\` takes maps only.`;

export const notAMap = message`it is not a map.`;
export const noName = message`\`service\` has no name.`;
export const providerIsNotAws = message`\`provider.name\` is not aws.`;
export const variablesGrow = message`its variables grow without end.`;

export const noFunction = message`\`functions\` has no function.`;
export const functionsUnknown = message`\`functions\` is ${'variable'}, which is not known here.`;
export const functionsUnknownBecause = message`\`functions\` is ${'variable'}, which is not known here: ${'reason'}.`;
export const itemIsNotAMap = message`an item of \`functions\` is not a map.`;
export const functionIsNotAMap = message`the function ${'name'} is not a map.`;
export const noRuntime = message`the function ${'name'} has no runtime; Dart needs provided.al2023 or provided.al2.`;
export const otherRuntime = message`the function ${'name'} has the runtime ${'runtime'}; Dart needs provided.al2023 or provided.al2.`;
export const noHandler = message`the function ${'name'} has no handler; it is a file of lib/, a dot, and the registered name.`;
export const oddHandler = message`the function ${'name'} has the handler ${'handler'}; it is a file of lib/, a dot, and the registered name.`;
export const notAWholeNumber = message`${'setting'} of the function ${'name'} is ${'value'}, not a whole number above 0.`;
export const eventsAreNoList = message`\`events\` is not a list.`;
export const notARoute = message`${'value'} is not a method and a path.`;

export const unknownVariable = message`${'variable'} is not known on this machine`;
export const unknownVariableBecause = message`${'variable'} is not known on this machine: ${'reason'}`;
export const functionsLeftOut = message`functions are left out here, as they are not known: ${'variable'}`;
export const functionLeftOut = message`the function ${'name'} is left out here, as its handler is not known`;
export const eventsLeftOut = message`the events of ${'function'} are left out here, as they are not known: ${'written'}`;
export const eventLeftOut = message`an event of ${'function'} is left out here, as it is not known: ${'written'}`;
export const routeLeftOut = message`a route of ${'function'} is left out here, as it is not known: ${'written'}`;
export const settingUnknown = message`${'setting'} of the function ${'name'} is not known; here it is ${'value'}`;
export const setByCloudFormation = message`the variable ${'variable'} of ${'function'} is set by CloudFormation and missing here; set it in .env`;

export const urlIsOpen = message`the URL of ${'function'} has the authorizer aws_iam: AWS responds to unsigned requests with 403; here all are served`;
export const queuesNotPolled = message`dev delivers what the queues and streams have (${'functions'}) with --sources only; create-lambda-hello invoke ${'function'} sends one`;
export const schedulesNotFired = message`dev fires the schedules of ${'functions'} with --schedules only; create-lambda-hello invoke ${'function'} sends their event`;
export const eventsNotSent = message`dev sends no ${'kinds'} events (${'functions'}); create-lambda-hello invoke ${'function'} does, with --event`;
export const otherIntegrations = message`dev calls the function as a Lambda proxy where AWS does not: ${'integrations'}`;
export const noAuthorizer = message`dev calls no authorizer (${'functions'})`;
export const noApiKeys = message`dev checks no API keys (${'functions'})`;
