import type { CreateFile } from '../changes/change-set.ts';
import { EVENTS } from '../dart/main/declaring-file.ts';
import type { Template } from '../templates.ts';

/**
 * Renders the files of `lib/runtime/events/` that the events of a source need: its library, and what
 * that imports and exports there.
 *
 * @param library as in `EVENT_SOURCES`
 * @param template `event-types`
 */
export function eventFiles(library: string, template: Template): readonly CreateFile[] {
  const files = new Map<string, CreateFile>();
  const add = (name: string) => {
    const path = `${EVENTS}${name}`;
    if (files.has(path)) return;
    const content = template.text(path, {});
    files.set(path, { kind: 'create', path, content });
    for (const [, other = ''] of content.matchAll(/^(?:im|ex)port '(\w+\.dart)'/gm)) add(other);
  };
  add(`${library}.dart`);
  return [...files.values()];
}
