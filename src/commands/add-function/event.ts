import { renderSample } from '../../plan/sample-event.ts';
import { fitEvent } from '../../sample/event/fit.ts';
import { sampleOfSource } from '../../sample/event/of-source.ts';
import { withPayload } from '../../sample/event/payload.ts';
import { type Resources, sourceEvents } from '../../serverless-yml/source-events.ts';
import { atStage } from '../../service/new-source/resources.ts';
import type { NewSource } from '../../service/new-source/sources.ts';
import type { Service } from '../../service/service.ts';
import { loadTemplate } from '../../templates.ts';
import type { SourceAnswers } from './source.ts';

interface ExamplePlace {
  readonly service: Pick<Service, 'name' | 'region' | 'stage'>;
  /** On AWS. */
  readonly functionName: string;
  /** The resources of the service. */
  readonly own: Resources;
}

/**
 * Makes an event as the new function gets it, which its test runs with.
 *
 * @param payload as JSON
 */
export async function exampleEvent(
  { source, kind }: Pick<SourceAnswers, 'source' | 'kind'>,
  { events, resources }: NewSource,
  payload: string | undefined,
  { service, functionName, own }: ExamplePlace,
): Promise<unknown> {
  const name = sampleOfSource(source, kind);
  const sample = renderSample(name, await loadTemplate('events'), service, functionName);
  const definition = { events: events.map((event) => ({ [event.kind]: event.settings })) };
  const [read] = sourceEvents(definition, { ...own, ...atStage(resources ?? {}, service) });
  const event = read === undefined ? sample : fitEvent(sample, read, service.region);
  return payload === undefined ? event : withPayload(name, event, payload);
}
