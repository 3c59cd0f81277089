import { message } from '../../message.ts';

export const unknownEvent = message`osls knows no event ${'name'}.`;
export const unknownRootKey = message`osls knows no key ${'key'} at the top of the file.`;
export const unknownKey = message`osls knows no key ${'key'} in ${'place'}.`;
export const badServiceName = message`osls refuses the name ${'name'} of the service: it takes letters, digits and hyphens, at least two, a letter first.`;
export const badFunctionName = message`osls refuses the name ${'name'} of a function: it takes letters, digits, - and _.`;
export const badRoute = message`osls refuses the route ${'route'}; it takes a method, a space, and a path with a slash.`;
export const badPath = message`osls refuses the path ${'path'}; it begins with a slash, and has no space.`;
export const badArchitecture = message`osls refuses the architecture ${'value'}; there are ${'values'}.`;
export const badNumber = message`osls refuses ${'key'} ${'value'}; it is a whole number from ${'least'} to ${'most'}.`;
export const noPlugin = message`the plugin ./tool/serverless-dart.mjs is not among the plugins; without it osls compiles no Dart, and has no command build.`;
export const otherVersion = message`the osls of this service is ${'version'}, and frameworkVersion asks for ${'range'}.`;
export const notARange = message`frameworkVersion ${'value'} is not a version range in quotes.`;
export const deprecatedRuntime = message`provided.al2 has been deprecated on AWS since 30 June 2026.`;
export const artifactUnused = message`\`package.artifact\` is not deployed: the plugin in tool/ deploys what it compiles instead. Without the plugin, osls deploys that file as it is.`;
