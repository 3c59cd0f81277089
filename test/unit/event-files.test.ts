import { describe, expect, it } from 'vitest';
import { eventFiles } from '../../src/plan/event-files.ts';
import {
  EVENT_SOURCES,
  type EventSourceName,
  eventClasses,
} from '../../src/service/event-sources.ts';
import { loadTemplate } from '../../src/templates.ts';
import { newService } from '../support/service.ts';

const template = await loadTemplate('event-types');
const namesOf = (library: string) =>
  eventFiles(library, template).map(({ path }) => path.replace('lib/runtime/events/', ''));

describe('the files that a service has of the event library', () => {
  it('are those of a source and what they import', () => {
    expect(namesOf('iot')).toEqual(['iot.dart', 'event_json.dart']);
    expect(namesOf('sqs').sort()).toEqual(['batch.dart', 'event_json.dart', 'sqs.dart']);
    expect(namesOf('cognito')).toContain('cognito_tokens.dart');
    expect(namesOf('cognito')).not.toContain('batch.dart');
  });

  it('import nothing of lib/runtime/ that a service lacks, and declare the event', () => {
    const service = newService();
    for (const source of Object.keys(EVENT_SOURCES) as EventSourceName[]) {
      const { library } = EVENT_SOURCES[source];
      const files = eventFiles(library, template);
      for (const { path, content } of files) {
        for (const [, name = ''] of content.matchAll(/'\.\.\/(\w+\.dart)'/g)) {
          expect(service, path).toHaveProperty([`lib/runtime/${name}`]);
        }
      }
      for (const event of eventClasses(source)) {
        expect(files.some(({ content }) => content.includes(`\nclass ${event} `))).toBe(true);
      }
    }
  });
});
