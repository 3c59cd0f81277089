import { message } from '../../message.ts';

export const notABlockMap = message`the file is not a block map, which only you can edit.`;
export const noFunctions = message`there is no \`functions\`, which only you can edit.`;
export const functionsEmpty = message`\`functions\` is empty, which only you can edit.`;
export const functionsAreVariable = message`\`functions\` is ${'variable'}, which only you can edit.`;
export const includedTwice = message`it is included twice, which only you can edit.`;
export const usedElsewhere = message`something else takes values from the functions there, which only you can edit.`;
export const functionsAreAlias = message`\`functions\` is a YAML alias, which only you can edit.`;
export const functionsAreFlowMap = message`\`functions\` is a flow map, which only you can edit.`;
export const functionsHaveAnchor = message`\`functions\` has a YAML anchor, which only you can edit.`;
export const functionsAreMerged = message`\`functions\` is merged with an alias, which only you can edit.`;
export const nameIsNotAString = message`the name of a function is not a string, which only you can edit.`;
export const nameHasAnchor = message`the name ${'name'} has a YAML anchor, which only you can edit.`;
export const functionIsAlias = message`the function ${'name'} is a YAML alias, which only you can edit.`;
export const functionIsNotAMap = message`the function ${'name'} is not a map, which only you can edit.`;
export const eventsAreVariable = message`the events of the function ${'name'} are ${'variable'}, which only you can edit.`;
export const onlyFunctionThere = message`${'name'} is the only function there, which only you can edit.`;
export const severalOfThatName = message`${'name'} is not the only function of that name, which only you can edit.`;

export const onlyFunction = message`${'name'} is the only function of the service, and a service needs one.`;
export const wasEdited = message`the function ${'name'} was edited: it has ${'part'}. Nothing was written.`;
export const runtimesDiffer = message`the functions have different runtimes, and \`provider\` has none for a new one. Nothing was written.`;
export const notUnderstood = message`${'file'} is written in a way here that no edit is known for.`;
export const unreadable = message`the edited ${'file'} could not be read. Nothing was written. ${'problem'}`;
export const publicRoute = message`Note: ${'method'} ${'path'} ${'whatItLacks'}; ${'others'}. For the same, copy ${'keys'} into the event of ${'function'} in ${'file'}.`;
export const partIsNotAMap = message`\`${'name'}\` is written in a way that only you can edit.`;
export const resourceDiffers = message`the resource ${'name'} exists with other content. Nothing was written.`;
