import type { CreateFile } from '../changes/change-set.ts';
import { EVENTS } from '../dart/main/declaring-file.ts';
import type { EndpointRecord, RecordedFiles, ServiceRecord } from '../service/record.ts';
import type { Template } from '../templates.ts';
import { eventFiles } from './event-files.ts';

/** Describes what a service has of the event library. */
export interface EventLibrary {
  /** The files that it has or needs, as this version generates them. */
  readonly files: readonly CreateFile[];
  /** Maps the keys of functions to the paths of those that they need. */
  readonly needed: ReadonlyMap<string, readonly string[]>;
}

/** Returns whether a path is one of the event library; it cannot lead out of its folder. */
export const isEventFile = (path: string): boolean =>
  path.startsWith(EVENTS) && /^\w+\.dart$/.test(path.slice(EVENTS.length));

/** Returns the checksums of the files of the event library that functions brought. */
export const eventSums = (endpoints: EndpointRecord): RecordedFiles =>
  Object.fromEntries(
    [...endpoints.values()].flatMap(Object.entries<string>).filter(([path]) => isEventFile(path)),
  );

/**
 * Finds the files of this version's event library that a service has, and those that they import.
 * What a kept file would import is among them, so that the user can take over what is new in it.
 *
 * @param present the paths of the files on disk
 * @param force whether those that no function brought are replaced too, and so need their imports
 * @param template `event-types`
 */
export function eventLibrary(
  endpoints: EndpointRecord,
  present: readonly string[],
  force: boolean,
  template: Template,
): EventLibrary {
  const all = new Map(template.render({}).map((file) => [file.path, file]));
  const withImports = (paths: readonly string[]): readonly string[] => [
    ...new Set(
      paths
        .filter((path) => all.has(path))
        .flatMap((path) => eventFiles(path.slice(EVENTS.length, -'.dart'.length), template))
        .map(({ path }) => path),
    ),
  ];
  const needed = new Map(
    [...endpoints].map(([key, files]) => [key, withImports(Object.keys(files))]),
  );
  const paths = new Set([
    ...[...needed.values()].flat(),
    ...(force ? withImports(present) : present),
  ]);
  return { files: [...paths].flatMap((path) => all.get(path) ?? []), needed };
}

/**
 * Returns the record of the functions after an upgrade: with the new checksums, without the files
 * that are gone, and with those that were added.
 *
 * @param sums the checksums of all files, by path; none of a file that is gone
 * @param generated the paths of the files that belong to the service itself
 */
export function upgradedEndpoints(
  { endpoints }: ServiceRecord,
  library: EventLibrary | undefined,
  sums: ReadonlyMap<string, string>,
  generated: ReadonlySet<string>,
): EndpointRecord {
  const withSums = (paths: readonly string[]): [string, string][] =>
    paths.flatMap((path) => {
      const sum = sums.get(path);
      return sum === undefined ? [] : [[path, sum]];
    });
  return new Map(
    [...endpoints].map(([key, files]) => {
      const own = Object.entries(files).flatMap(([path, sum]): [string, string][] =>
        isEventFile(path) ? withSums([path]) : [[path, sum]],
      );
      const needed = library?.needed.get(key) ?? [];
      const added = needed.filter((path) => files[path] === undefined && !generated.has(path));
      return [key, Object.fromEntries([...own, ...withSums(added)])];
    }),
  );
}
