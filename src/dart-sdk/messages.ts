import { message } from '../message.ts';

export const notAVersion = message`${'version'} is not the version of a Dart SDK.`;
export const tooOld = message`Dart ${'version'} is too old: ${'oldest'} is the first one that compiles for AWS Lambda from any system.`;
export const noneForMachine = message`there is no Dart SDK to fetch for ${'system'} on ${'processor'}.`;
export const noSuchVersion = message`there is no Dart SDK ${'version'} for ${'machine'} in the archive: ${'address'}`;
export const notFetched = message`install-dart has not fetched a Dart SDK ${'version'}.`;
export const inUse = message`Dart ${'version'} in ${'folder'} is in use. Nothing was removed.`;
export const mirrorIsNoUrl = message`FLUTTER_STORAGE_BASE_URL is ${'text'}, which is not a URL.`;

export const unreachable = message`${'address'} cannot be reached: ${'reason'}.`;
export const unknownHost = message`there is no host of that name, or no network`;
export const noNameServer = message`the host was not found: no network, or its name servers do not answer`;
export const noNetwork = message`there is no network`;
export const refused = message`the connection was refused`;
export const doesNotAnswer = message`it does not answer`;
export const noRoute = message`there is no route to it from this network`;
export const connectionBroke = message`${'address'}: the connection broke before everything had arrived.`;
export const stalled = message`${'address'} has sent nothing for ${'seconds'} s.`;
export const badStatus = message`${'address'} answered with status ${'status'}.`;
export const proxyRefuses = message`the proxy ${'proxy'} refuses to connect to ${'host'}: status ${'status'}.`;
export const proxyIsNotHttp = message`the proxy ${'proxy'} cannot be used: its address must begin with http:// or https://.`;
export const untrusted = message`${'address'} has a certificate that is not trusted here (${'code'}).`;
export const redirectsInCircle = message`${'address'} redirects in a circle.`;
export const redirectsNowhere = message`${'address'} redirects to no address, which is not followed.`;
export const redirectsAway = message`${'address'} redirects to ${'otherAddress'}, which is not followed.`;
export const namesNoVersion = message`${'address'} does not name a version of Dart.`;

export const wrongChecksum = message`${'address'} is not what its checksum says: SHA-256 ${'sum'} instead of ${'expectedSum'}. Nothing was kept.`;
export const notAChecksum = message`${'address'} is not a checksum, and no Dart SDK is installed unchecked.`;
export const noChecksum = message`${'address'} has no checksum beside it, and no Dart SDK is installed unchecked.`;
export const cannotBeUnpacked = message`the file of the Dart SDK cannot be unpacked: ${'reason'}. Nothing was kept.`;
export const lacksDart = message`it has no dart-sdk/bin/dart`;
export const hasTwice = message`it has ${'path'} twice`;
export const isOutside = message`${'name'} is outside of its folder`;
export const leadsOutside = message`the link ${'path'} leads to ${'target'}, outside of its folder`;
export const ofUnknownType = message`${'path'} is not a file, folder or link`;
export const noRoom = message`the Dart SDK needs ${'size'} in ${'folder'}, where ${'left'} are free. Nothing was kept.`;
