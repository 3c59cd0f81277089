import { describe, expect, it } from 'vitest';
import { NotUnderstoodError, UserError } from '../../src/errors.ts';
import { readConfiguration } from '../../src/serverless-yml/configuration.ts';
import { normal } from '../../src/serverless-yml/edit/parts/written.ts';
import { addSourceFunction } from '../../src/serverless-yml/edit/source/add.ts';
import { sourceBlocks } from '../../src/serverless-yml/edit/source/blocks.ts';
import { removeSourceFunction } from '../../src/serverless-yml/edit/source/remove.ts';
import type { NewFunction } from '../../src/service/new-function.ts';
import { editedService, readFrom } from '../support/functions-edit.ts';
import { shapes } from '../support/serverless-shapes.ts';
import { sourceFunctions } from '../support/source-functions.ts';

const cases = shapes.flatMap((shape) =>
  Object.entries(sourceFunctions).map(([source, fn]) => ({ ...shape, source, fn })),
);
/** Its provider is in a file of its own, which takes no statements. */
const isElsewhere = ({ name, fn }: (typeof cases)[number]) =>
  name === 'functions-file-and-provider-file' && fn.statements !== undefined;
const edited = cases.filter((one) => one.output !== undefined && !isElsewhere(one));
const refused = cases.filter(({ message }) => message !== undefined);

describe('adding a function of another source to a service', () => {
  it.each(edited)('$name, $source: is read back as what was meant', ({ file, input, fn }) => {
    const { edits } = addSourceFunction(editedService(input, file), fn);
    const files = { ...input, ...Object.fromEntries(edits.map((one) => [one.file, one.after])) };
    const { value } = readConfiguration(files[file] ?? '', {
      ...{ file, env: {} },
      read: readFrom(files),
    });
    const { handler, events, settings, resources = {}, statements } = fn;
    const written = events.map(({ kind, settings: given }) => ({ [kind]: given }));
    expect(normal(value.functions)).toMatchObject({
      [fn.key]: normal({ handler, ...settings, ...(events.length > 0 && { events: written }) }),
    });
    if (events.length === 0) expect(value).not.toHaveProperty(['functions', fn.key, 'events']);
    expect(normal(value)).toMatchObject(
      normal(fn.resources ? { resources: { Resources: resources } } : {}) as object,
    );
    const [statement] = statements ?? [];
    if (statement) {
      const { iam } = value.provider as unknown as { iam: { role: { statements: unknown[] } } };
      expect(iam.role.statements.map(normal)).toContainEqual(normal(statement));
    }
    for (const { before, after } of edits) {
      if (before.includes('\r\n')) expect(after).not.toMatch(/[^\r]\n/);
      expect(after.startsWith('\uFEFF')).toBe(before.startsWith('\uFEFF'));
    }
  });

  it.each(edited)('$name, $source: is undone to the byte', ({ file, input, fn }) => {
    const { edits, added } = addSourceFunction(editedService(input, file), fn);
    const files = { ...input, ...Object.fromEntries(edits.map((one) => [one.file, one.after])) };
    const removed = removeSourceFunction(editedService(files, file), fn.key, {
      force: false,
      functions: new Map([[fn.key, { event: 'sqs', ...added }]]),
    });
    const left = Object.fromEntries(removed?.edits.map((one) => [one.file, one.after]) ?? []);
    expect({ ...files, ...left }).toEqual(input);
    expect(removed?.kept).toEqual([]);
  });

  it.each(refused)('$name, $source: says why it does not', ({ file, input, message, fn }) => {
    const add = () => addSourceFunction(editedService(input, file), fn);
    expect(add).toThrow(NotUnderstoodError);
    expect(add).toThrow(message);
  });
});

const service = (more: string) => `service: shop
provider:
  name: aws
functions:
  hello:
    handler: main.hello
${more}`;
const add = (text: string, source = 'sqs with its resources') => {
  const fn = sourceFunctions[source];
  if (fn === undefined) throw new Error(source);
  return addSourceFunction(editedService({ 'serverless.yml': text }, 'serverless.yml'), fn);
};

describe('the resources of a new function', () => {
  it.each([
    ['a list', 'resources: [{ Resources: {} }]\n'],
    ['a file', `resources: \${file(resources.yml)}\n`],
    ['a file below', `resources:\n  Resources: \${file(resources.yml)}\n`],
    ['an alias', 'custom: &a { B: {} }\nresources:\n  Resources: *a\n'],
  ])('are refused where they are %s', (_what, more) => {
    expect(() => add(service(more))).toThrow(NotUnderstoodError);
  });

  it.each([
    'iam: { role: arn:aws:iam::1:role/x }',
    `iam: '\${file(iam.yml)}'`,
    'role: arn:aws:iam::1:role/x',
    'iamRoleStatements: []',
  ])('are refused with statements beside  %s', (key) => {
    const text = service('').replace('name: aws\n', `name: aws\n  ${key}\n`);
    expect(() => add(text)).toThrow(NotUnderstoodError);
  });

  it.each([
    ['resources:\n', { resources: '' }],
    ['resources: {}\n', { resources: ' {}' }],
    ['resources:\n  Resources: ~ # none\n', { 'resources.Resources': ' ~' }],
  ])('take the place of an empty parent, which is recorded: %j', (more, emptied) => {
    const { edits, added } = add(service(more));
    expect(added.emptied).toEqual(emptied);
    expect(edits[0]?.after).toContain('\n    OrderQueue:\n      Type: AWS::SQS::Queue\n');
  });

  it('are not added twice, and refused where they differ', () => {
    const once = add(service('')).edits[0]?.after ?? '';
    const other = once.replaceAll('onOrder', 'onOther');
    expect(add(other).added).not.toHaveProperty('resources');
    expect(add(other).added).not.toHaveProperty('statements');
    const changed = other.replace('VisibilityTimeout: 180', 'VisibilityTimeout: 60');
    expect(() => add(changed)).toThrow(UserError);
    expect(() => add(changed)).toThrow('the resource OrderQueue exists with other content');
  });
});

describe('a function to paste', () => {
  it('has a block for each place', () => {
    const fn = sourceFunctions['sqs with its resources'] as NewFunction;
    const blocks = sourceBlocks(fn, ['functions'], { functions: false, service: false });
    const [first, second, third] = blocks.map(({ text }) => text);
    const pasted = `${service('')}${first}\nresources:\n  Resources:\n${second}\n`.replace(
      'name: aws\n',
      `name: aws\n  iam:\n    role:\n      statements:\n${third}\n`,
    );
    const { value } = readConfiguration(pasted, { file: 'serverless.yml', env: {} });
    const edited = add(service('')).edits[0]?.after ?? '';
    expect(value).toEqual(readConfiguration(edited, { file: 'serverless.yml', env: {} }).value);
    const json = sourceBlocks(fn, ['functions'], { functions: true, service: true });
    expect(JSON.parse(`{${json[0]?.text}}`)).toHaveProperty('onOrder.handler', 'main.onOrder');
  });
});

describe('removing a function with its resources', () => {
  const added = (text: string) => {
    const one = add(text);
    return { text: one.edits[0]?.after ?? '', added: one.added };
  };
  const remove = (text: string, one: ReturnType<typeof added>['added'], force = false) => {
    const removed = removeSourceFunction(
      editedService({ 'serverless.yml': text }, 'serverless.yml'),
      'onOrder',
      { force, functions: new Map([['onOrder', { event: 'sqs', ...one }]]) },
    );
    return { after: removed?.edits[0]?.after, kept: removed?.kept };
  };

  it.each([
    'resources:\n',
    'resources: {}\n',
    'resources:\n  Resources: ~ # none\n',
    'resources:\n  Resources:\n    Table: { Type: AWS::SNS::Topic }\n  Outputs: {}\n',
  ])('gives an empty parent back as it was: %j', (more) => {
    const { text, added: one } = added(service(more));
    expect(remove(text, one)).toEqual({ after: service(more), kept: [] });
  });

  it('keeps a resource that was edited, and what that uses', () => {
    const { text, added: one } = added(service(''));
    const changed = text.replace('VisibilityTimeout: 180', 'VisibilityTimeout: 60');
    const { after, kept } = remove(changed, one);
    expect(kept).toEqual([
      { path: 'resources.Resources.OrderQueue', reason: 'edited' },
      {
        path: 'resources.Resources.OrderQueueDeadLetters',
        reason: {
          usedBy: 'resources.Resources.OrderQueue.Properties.RedrivePolicy.deadLetterTargetArn',
        },
      },
    ]);
    expect(after).toContain('VisibilityTimeout: 60');
    expect(after).not.toContain('onOrder');
    expect(after).not.toContain('statements');
    expect(remove(changed, one, true)).toEqual({ after: service(''), kept: [] });
  });

  it.each([
    ['!Ref OrderQueue', 'environment.QUEUE'],
    ['!GetAtt OrderQueue.Arn', 'environment.QUEUE'],
    [`!Sub "x-\${OrderQueue.Arn}"`, 'environment.QUEUE'],
  ])('keeps a resource that something else uses: %s', (use, by) => {
    const { text, added: one } = added(service(''));
    const used = text.replace('main.hello\n', `main.hello\n    environment: { QUEUE: ${use} }\n`);
    const { after, kept } = remove(used, one, true);
    const usedBy = expect.stringContaining(by);
    expect(kept?.[0]).toEqual({ path: 'resources.Resources.OrderQueue', reason: { usedBy } });
    expect(after).toContain('    OrderQueue:\n');
  });

  it('keeps what another function has in common until that goes, too', () => {
    const original = service('resources: {}\n');
    const read = (text: string) => editedService({ 'serverless.yml': text }, 'serverless.yml');
    const fn = sourceFunctions['sqs with its resources'] as NewFunction;
    const first = addSourceFunction(read(original), fn);
    const one = new Map([[fn.key, { event: 'sqs', ...first.added }]]);
    const second = addSourceFunction(
      read(first.edits[0]?.after ?? ''),
      { ...fn, key: 'onOther' },
      one,
    );
    const both = new Map(one).set('onOther', { event: 'sqs', ...second.added });
    const text = second.edits[0]?.after ?? '';
    const removed = removeSourceFunction(read(text), fn.key, { force: true, functions: both });
    expect(removed?.kept).toHaveLength(2);
    both.delete(fn.key);
    const left = read(removed?.edits[0]?.after ?? '');
    const last = removeSourceFunction(left, 'onOther', { force: false, functions: both });
    expect(last).toMatchObject({ edits: [{ after: original }], kept: [] });
  });

  it('refuses one whose events were edited', () => {
    const { text, added: one } = added(service(''));
    const changed = text.replace(
      'functionResponseType',
      'batchSize: 5\n          functionResponseType',
    );
    expect(() => remove(changed, one)).toThrow('was edited: it has other `events`');
    expect(remove(changed, one, true).after).toBe(service(''));
  });
});
