import { type EventSourceName, kindsOf } from '../../service/event-sources.ts';
import { isSampleName, type SampleName } from './names.ts';

/**
 * Returns the sample event of a source. One of a Cognito user pool fits itself to its trigger.
 *
 * @param kind one of `kindsOf` for an authorizer, whose events have nothing in common
 */
export function sampleOfSource(source: EventSourceName, kind?: string): SampleName {
  const name = source === 'authorizer' ? `${source}-${kind}` : source;
  if (isSampleName(name)) return name;
  throw new Error(`${source} has no events of the kind ${kind}, only ${kindsOf(source)}`);
}
