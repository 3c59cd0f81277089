import { message } from '../message.ts';

export const checkFailed = message`the check itself failed, please report it: ${'error'}`;

export const nodeTooOld = message`${'version'} is too old`;
export const nodeNotForOsls = message`${'version'} is not a version that osls 4 supports`;
export const npmNotOnPath = message`it is not on PATH`;
export const npmBroken = message`it does not work (${'reason'})`;
export const makeNotOnPath = message`it is not on PATH; the service works without it`;
export const makeBroken = message`it does not work; the service works without it`;

export const serviceWarnings = message`${'service'}, stage ${'stage'}, in ${'folder'}; ${'warnings'}`;
export const oslsOfNoService = message`not looked for: it belongs to a service`;
export const oslsNotListed = message`${'path'} does not list it`;
export const otherOsls = message`${'version'} is installed, package.json says ${'wantedVersion'}`;
export const perhapsOtherOsls = message`${'version'} is installed, package.json says ${'wantedVersion'}; npm does not tell whether they agree`;

export const noSdk = message`${'whatWasTried'}; ${'instead'}; dev needs it too`;
export const sdkTooOld = message`${'version'} at ${'path'}, ${'source'}, too old to compile for ${'target'}; ${'instead'}`;
export const engineInstead = message`${'engine'} compiles instead`;
export const noEngineEither = message`no container engine either`;
export const sdkForThisMachine = message`${'version'} at ${'path'}, ${'source'}, compiles for Linux ${'processor'} only`;
export const noEngine = message`none of ${'names'} is installed`;
export const sdkInstead = message`${'problem'}; the Dart SDK compiles without one`;

export const notReached = message`${'host'} is not reached (${'reason'}); ${'purpose'}`;
export const notReachedByProxy = message`${'host'} is not reached by the proxy ${'proxy'} (${'reason'}); ${'purpose'}`;
export const answersStatus = message`it answers ${'status'}`;
export const pubFetchesThere = message`dart pub get fetches packages there`;
export const installDartFetchesThere = message`install-dart fetches a Dart SDK there`;
export const compileFetchesThere = message`dart compile fetches there, once, what compiles for ${'target'}`;

export const awsNotAsked = message`from ${'source'}; AWS was not asked: ${'reason'}`;
export const noCredentials = message`none in the environment and in the AWS files; AWS was not asked: ${'reason'}`;
export const needsOslsOfService = message`that needs the osls of a service`;
export const needsOsls = message`that needs osls, which is not installed yet`;
export const regionUnread = message`not known while serverless.yml cannot be read`;
export const regionIsVariable = message`serverless.yml says ${'variable'}: not known here`;
export const notARegion = message`${'region'}, ${'origin'}, is not an AWS region`;
export const regionPassedOver = message`${'region'}, where serverless.yml deploys to; ${'variable'} is ${'otherRegion'}, which osls passes over`;

export const portInUse = message`in use by ${'program'}`;
export const cannotListen = message`dev cannot listen there (${'code'})`;
export const littleSpace = message`${'amount'} free for ${'folder'}`;
