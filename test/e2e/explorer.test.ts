import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Dev, startDev } from '../support/dev.ts';
import { temporaryFolder } from '../support/folders.ts';

/* The packed CLI, a real Dart VM and the Chromium of the system. */
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => existsSync(path),
);
if (CHROMIUM === undefined && process.env.REQUIRE_BROWSER) throw new Error('no Chromium here');
if (CHROMIUM === undefined) console.warn('Skipped: the explorer in a browser, as there is none.');

const dartBin = inject('dartBin');

describe.skipIf(CHROMIUM === undefined || dartBin === '')('the explorer in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    const executablePath = String(CHROMIUM);
    // Chromium has no sandbox for root, as in containers.
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });
  afterAll(() => browser?.close());

  interface Opened {
    readonly page: Page;
    readonly dev: Dev;
    readonly service: string;
    /** What the browser complained about: the policy, errors of scripts. */
    readonly complaints: string[];
    readonly hosts: Set<string>;
  }

  /** Opens the explorer of a new service. */
  async function open(options: Parameters<Browser['newPage']>[0] = {}): Promise<Opened> {
    const cwd = temporaryFolder();
    execFileSync(inject('cli'), ['shop', '--yes', '--no-git'], { cwd });
    const service = join(cwd, 'shop');
    const dev = await startDev(service);
    expect(dev.table.join('\n')).toContain(`Explorer: ${dev.origin}/_explorer`);
    const page = await browser.newPage(options);
    const complaints: string[] = [];
    const hosts = new Set<string>();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    await page.goto(`${dev.origin}/_explorer`);
    return { page, dev, service, complaints, hosts };
  }

  it('lists the endpoints, sends a request and shows its answer, event and log', async () => {
    const { page, dev, complaints, hosts } = await open();
    await page.locator('.nav-bar-path', { hasText: '/postRequest' }).waitFor();
    await page.locator('.nav-bar-path', { hasText: '/hello' }).click();
    await page
      .getByRole('button', { name: /^(execute|try|send)/i })
      .first()
      .click();
    const row = page.locator('#list button', { hasText: '/hello' });
    await row.getByText('200').waitFor({ timeout: 60_000 });
    expect(await row.innerText()).toContain('cold');
    await page.locator('api-request').getByText('Hello to').first().waitFor();

    await row.focus();
    await page.keyboard.press('Enter');
    const details = page.locator('#details');
    await details.getByText('Hello to').first().waitFor();
    await details.getByRole('tab', { name: 'Response' }).focus();
    for (const [tab, text] of [
      ['Request', '/hello'],
      ['Event', '"httpMethod": "GET"'],
      ['Result', '"statusCode": 200'],
      ['Log', 'REPORT RequestId:'],
      ['Command', 'invoke hello --data'],
    ]) {
      await page.keyboard.press('ArrowRight');
      expect(await details.getByRole('tab', { selected: true }).innerText()).toBe(tab);
      await details.getByText(String(text)).first().waitFor();
    }

    await details.getByRole('button', { name: 'Send again' }).click();
    await page.locator('#list button', { hasText: 'warm' }).waitFor();
    expect(complaints).toEqual([]);
    expect([...hosts]).toEqual([new URL(dev.origin).host]);
  });

  it('follows a hot reload and an edit of serverless.yml without being loaded again', async () => {
    const { page, dev, service, complaints } = await open();
    await page.locator('.nav-bar-path', { hasText: '/hello' }).waitFor();
    await page.evaluate(() => Object.assign(globalThis, { kept: true }));
    expect((await fetch(`${dev.origin}/hello`)).status).toBe(200);
    const handler = join(service, 'lib/handlers/hello.dart');
    writeFileSync(handler, readFileSync(handler, 'utf8').replace("'Hello to", "'Bye to"));
    await page.locator('#note', { hasText: 'Reloaded in' }).waitFor();
    const yml = join(service, 'serverless.yml');
    writeFileSync(yml, readFileSync(yml, 'utf8').replace('path: /hello', 'path: /greeting'));
    await page.locator('.nav-bar-path', { hasText: '/greeting' }).waitFor();
    expect(await page.evaluate(() => 'kept' in globalThis)).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('fits a phone, in the dark', async () => {
    const viewport = { width: 375, height: 740 };
    const { page, complaints } = await open({ viewport, colorScheme: 'dark' });
    await page.getByText('/postRequest').first().waitFor();
    // As text: the types of a page are not those of this test.
    const width = await page.evaluate('document.documentElement.scrollWidth');
    const background = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(width).toBe(375);
    expect(background).toBe('rgb(20, 23, 28)');
    await page.getByRole('button', { name: 'Requests' }).click();
    await page.getByText('Nothing has been requested yet.').waitFor();
    expect(complaints).toEqual([]);
  });
});
