import { describe, expect, it } from 'vitest';
import { eventFiles } from '../../src/plan/event-files.ts';
import { EVENT_SOURCES, type EventSource } from '../../src/service/event-sources.ts';
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
    for (const { library, event } of Object.values<EventSource>(EVENT_SOURCES)) {
      const files = eventFiles(library, template);
      for (const { path, content } of files) {
        for (const [, name = ''] of content.matchAll(/'\.\.\/(\w+\.dart)'/g)) {
          expect(service, path).toHaveProperty([`lib/runtime/${name}`]);
        }
      }
      for (const name of typeof event === 'string' ? [event] : Object.values(event)) {
        expect(files.filter(({ content }) => content.includes(`\nclass ${name} `))).toHaveLength(1);
      }
    }
  });
});
