interface Declaration {
  readonly name: string;
  /** The names of its superclass and its mixins, among others. */
  readonly above: readonly string[];
  readonly getters: readonly string[];
}

const DECLARED = /^(?:abstract )?(?:class|mixin) (\w+)([^{]*)\{(.*?)^\}/gms;
const GETTER = /^ {2}(?:\w.*? get (\w+)|late final .*?(\w+) =)/gm;

const declarationsIn = (source: string): readonly Declaration[] =>
  [...source.matchAll(DECLARED)].map(([, name = '', head = '', body = '']) => ({
    name,
    above: head.match(/\w+/g) ?? [],
    getters: [...body.matchAll(GETTER)]
      .map(([, getter, field]) => getter ?? field ?? '')
      .filter((getter) => !getter.startsWith('_')),
  }));

/**
 * Writes a Dart file that lists every getter of every class of `lib/runtime/events/`, so that a test
 * forgets none. Each is asked of a new view, which remembers nothing.
 *
 * @param sources by their paths in a service that is called shop
 */
export function listGetters(sources: Readonly<Record<string, string>>): string {
  const all = new Map(
    Object.values(sources)
      .flatMap(declarationsIn)
      .map((declaration) => [declaration.name, declaration]),
  );
  const lineage = (name: string): readonly Declaration[] => {
    const declaration = all.get(name);
    return declaration ? [declaration, ...declaration.above.flatMap(lineage)] : [];
  };
  const isView = (name: string) =>
    name !== 'EventJson' && lineage(name).some((above) => above.name === 'EventJson');
  const views = [...all.keys()].filter((name) => isView(name) && !isMixin(name, sources));
  const maps = views.map((name) => {
    const getters = new Set(lineage(name).flatMap((above) => above.getters));
    const entries = [...getters].map(
      (getter) => `'${getter}': (view) => ${name}.fromJson(view.raw).${getter},`,
    );
    return `${name}: {${entries.join('\n')}},`;
  });
  const imports = Object.keys(sources).map(
    (path) => `import '${path.replace('lib/', 'package:shop/')}';`,
  );
  return `${imports.join('\n')}
final getters = <Type, Map<String, Object? Function(EventJson view)>>{${maps.join('\n')}};
final empty = <EventJson Function()>[${views.map((name) => `() => ${name}.fromJson({}),`).join('\n')}];
`;
}

const isMixin = (name: string, sources: Readonly<Record<string, string>>): boolean =>
  Object.values(sources).some((source) => source.includes(`\nmixin ${name} `));
