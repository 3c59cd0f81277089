import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { readTree, temporaryFolder } from '../support/folders.ts';
import { CTRL_C, cliTerminal, DOWN, ENTER, Terminal } from '../support/terminal.ts';

async function newService(): Promise<string> {
  const cwd = temporaryFolder();
  const terminal = cliTerminal(['shop', '--yes', '--no-git'], cwd);
  expect(await terminal.exited).toBe(0);
  return join(cwd, 'shop');
}

describe('create in a terminal', () => {
  it('asks for what was not given, with the keys that people use', async () => {
    const cwd = temporaryFolder();
    const terminal = cliTerminal(['--no-git', '--timeout', '5'], cwd);
    await terminal.sees('Where should the service go?');
    terminal.types(`my_shop${ENTER}`);
    await terminal.sees('"my_shop" cannot be the name of a service');
    terminal.types(`${'\x7f'.repeat(7)}shop${ENTER}`);
    await terminal.sees('Which kind of API?');
    terminal.types(`${DOWN}${ENTER}`);
    await terminal.sees('Which processor');
    terminal.types(ENTER);
    await terminal.sees('In which AWS region?');
    terminal.types(`eu-west-1${ENTER}`);
    await terminal.sees('How much memory');
    terminal.types(ENTER);
    await terminal.sees('The same again: create-lambda-hello shop --api http --arch arm64');
    await terminal.sees('Next steps');
    expect(await terminal.exited).toBe(0);
    expect(readFileSync(join(cwd, 'shop/serverless.yml'), 'utf8')).toContain('- httpApi:');
  });

  it.each([
    [80, 40],
    [80, 5],
    [40, 40],
    [40, 8],
  ])(
    'leaves nothing of what was wrong on the screen once it is corrected (%i x %i)',
    async (cols, rows) => {
      const cwd = temporaryFolder();
      // The questions stand below two rows, and a lower screen has to scroll for the message.
      const script = 'printf "one\\r\\ntwo\\r\\n"; exec "$0" --no-git';
      const terminal = new Terminal('sh', ['-c', script, inject('cli')], { cwd, cols, rows });
      await terminal.sees('Where should the service go?');
      terminal.types(`my_shop${ENTER}`);
      await terminal.sees('Try: my-shop');
      const message = /^› "my_shop" [^›]* Try: my-shop$/;
      const below = async (question: string): Promise<string> => {
        const shown = await terminal.rows();
        expect(shown).toContain(question);
        return shown.slice(shown.indexOf(question) + 1).join('');
      };
      expect(await below('? Where should the service go? › my_shop')).toMatch(message);
      terminal.types(`${'\x7f'.repeat(7)}store`);
      await terminal.sees('store');
      await terminal.sees('Try: my-shop');
      expect(await below('? Where should the service go? › store')).toMatch(message);
      terminal.types(ENTER);
      await terminal.sees('HTTP API');
      expect((await terminal.rows()).join('\n')).toMatch(
        /^one\ntwo\n✔ Where should the service go\? … store\n\? Which kind of API\?[^›]*›[^›]*$/,
      );
      terminal.types(CTRL_C);
      expect(await terminal.exited).toBe(130);
    },
  );

  it('writes nothing and ends with 130 on Ctrl-C', async () => {
    const cwd = temporaryFolder();
    const terminal = cliTerminal(['shop'], cwd);
    await terminal.sees('Which kind of API?');
    terminal.types(CTRL_C);
    await terminal.sees('Cancelled, nothing was written.');
    expect(await terminal.exited).toBe(130);
    expect(existsSync(join(cwd, 'shop'))).toBe(false);
  });

  it('asks nothing with --yes', async () => {
    const cwd = temporaryFolder();
    const terminal = cliTerminal(['shop', '--yes', '--no-git'], cwd);
    expect(await terminal.exited).toBe(0);
    expect(Object.keys(readTree(join(cwd, 'shop')))).toContain('serverless.yml');
  });
});

describe('add-endpoint and remove-endpoint in a terminal', () => {
  it('ask for what was not given, say at once what is wrong, and print the line that does the same', async () => {
    const service = await newService();
    const terminal = cliTerminal(['add-endpoint', '--response', 'id:int'], service);
    await terminal.sees('What is the endpoint called?');
    terminal.types(`no way${ENTER}`);
    await terminal.sees('it has a space');
    terminal.types(`${'\x7f'.repeat(6)}createOrder${ENTER}`);
    await terminal.sees('Which method?');
    terminal.types(`${DOWN}${ENTER}`);
    await terminal.sees('Which path?');
    terminal.types(`/orders${ENTER}`);
    await terminal.sees('The body of a request?');
    terminal.types(`{"a": tru}${ENTER}`);
    await terminal.sees('line 1, column 7');
    terminal.types(`${'\x7f'.repeat(10)}sku:string${ENTER}`);
    await terminal.sees(
      'The same again: create-lambda-hello add-endpoint createOrder --method POST --path /orders',
    );
    expect(await terminal.exited).toBe(0);
    const after = readTree(service);
    expect(Object.keys(after)).toContain('lib/models/create_order_request.dart');

    const removal = cliTerminal(['remove-endpoint'], service);
    await removal.sees('Which endpoint?');
    removal.types(ENTER);
    expect(await removal.exited).toBe(0);
    expect(Object.keys(readTree(service))).not.toContain('lib/models/create_order_request.dart');
  });

  it('write nothing and end with 130 on Ctrl-C', async () => {
    const service = await newService();
    const before = readTree(service);
    const terminal = cliTerminal(['add-endpoint', 'getOrder'], service);
    await terminal.sees('Which method?');
    terminal.types(CTRL_C);
    await terminal.sees('Cancelled, nothing was written.');
    expect(await terminal.exited).toBe(130);
    expect(readTree(service)).toEqual(before);
  });
});

describe('add-function in a terminal', () => {
  /** What it says does the same again, typed into a shell in the service. */
  const again = async (terminal: Terminal, service: string): Promise<number | null> => {
    await terminal.sees('The same again: ');
    const line = await terminal.sees(' --yes');
    const text = `${line} --yes`.replace(/^create-lambda-hello/, '"$0"');
    return spawnSync('sh', ['-c', text, inject('cli')], { cwd: service }).status;
  };
  const WIDE = { cols: 400 };

  it('asks for what its source needs, and makes what is not there', async () => {
    const service = await newService();
    const before = readTree(service);
    const terminal = cliTerminal(['add-function'], service, WIDE);
    await terminal.sees('What is the function called?');
    terminal.types(`hello${ENTER}`);
    await terminal.sees('the function hello exists already');
    terminal.types(`${'\x7f'.repeat(5)}onOrder${ENTER}`);
    await terminal.sees('What calls it?');
    terminal.types(ENTER);
    await terminal.sees('Which queue?');
    terminal.types(`my queue${ENTER}`);
    await terminal.sees('Try: orders');
    terminal.types(`${'\x7f'.repeat(8)}orders${ENTER}`);
    await terminal.sees('serverless.yml has no queue "orders". Make it?');
    terminal.types(ENTER);
    await terminal.sees('What is in the message?');
    terminal.types(`{"it's": 7}${ENTER}`);
    await terminal.sees('--queue orders --create --payload');
    expect(await terminal.exited).toBe(0);
    const after = readTree(service);
    expect(after['serverless.yml']).toContain('OrdersDeadLetterQueue');

    expect(spawnSync(inject('cli'), ['remove-function', 'onOrder'], { cwd: service }).status).toBe(
      0,
    );
    expect(readTree(service)).toEqual(before);
  });

  it('prints the line that does the same again', async () => {
    const [service, other] = [await newService(), await newService()];
    const terminal = cliTerminal(
      ['add-function', 'onPlaced', '--event', 'eventbridge'],
      service,
      WIDE,
    );
    await terminal.sees('Which events?');
    terminal.types(`{"source":["acme's $orders"]}${ENTER}`);
    await terminal.sees('What is in the detail?');
    terminal.types(`Placed={"it's": "a b"}${ENTER}`);
    expect(await again(terminal, other)).toBe(0);
    expect(await terminal.exited).toBe(0);
    expect(readTree(other)).toEqual(readTree(service));
  });

  it('asks for the ARN of what is elsewhere, and writes nothing on Ctrl-C', async () => {
    const service = await newService();
    const before = readTree(service);
    const terminal = cliTerminal(['add-function', 'onClick', '--event', 'kinesis'], service);
    await terminal.sees('Which stream?');
    terminal.types(ENTER);
    await terminal.sees('no stream "clicks"');
    terminal.types(`${DOWN}${ENTER}`);
    await terminal.sees('What is the ARN of the stream?');
    terminal.types(`clicks${ENTER}`);
    await terminal.sees('it is an ARN, or import:');
    terminal.types(CTRL_C);
    await terminal.sees('Cancelled, nothing was written.');
    expect(await terminal.exited).toBe(130);
    expect(readTree(service)).toEqual(before);
  });
});

describe.skipIf(inject('dartBin') === '')('dev in a terminal', () => {
  async function startDev(): Promise<Terminal> {
    const cwd = temporaryFolder();
    const create = cliTerminal(['shop', '--yes', '--no-git'], cwd);
    expect(await create.exited).toBe(0);
    const dev = cliTerminal(['dev', '--port', '0'], join(cwd, 'shop'));
    await dev.sees('Keys: r restart, e endpoints, o open the explorer, q quit.');
    return dev;
  }

  it('lists the endpoints, restarts and quits by its keys', async () => {
    const dev = await startDev();
    dev.types('e');
    await dev.sees('/postRequest');
    dev.types('r');
    await dev.sees('Restarted.');
    dev.types('q');
    expect(await dev.exited).toBe(0);
  });

  it('still ends with Ctrl-C, which its keys would swallow', async () => {
    const dev = await startDev();
    dev.types(CTRL_C);
    expect(await dev.exited).toBe(0);
  });
});
