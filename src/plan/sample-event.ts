import type { SampleName } from '../sample/event/names.ts';
import { ACCOUNT_ID } from '../service/defaults.ts';
import type { Service } from '../service/service.ts';
import type { Template } from '../templates.ts';

/**
 * Renders a sample event for a function.
 *
 * @param template `events`
 * @param functionName on AWS
 */
export function renderSample(
  name: SampleName,
  template: Template,
  { region, stage }: Pick<Service, 'region' | 'stage'>,
  functionName: string,
): object {
  const variables = { account: ACCOUNT_ID, region, stage, functionName };
  return JSON.parse(template.text(`${name}.json`, variables));
}
