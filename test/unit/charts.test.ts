import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { barChart } from '../../bench/charts/bars.mjs';
import { lineChart } from '../../bench/charts/lines.mjs';
import { chartsOf } from '../../bench/charts/results.mjs';
import gateway from '../../bench/results/gateway.json' with { type: 'json' };
import scale from '../../bench/results/scale.json' with { type: 'json' };
import { root } from '../support/docs.ts';

describe('docs/charts', () => {
  const folder = join(root, 'docs/charts');
  const drawn = chartsOf({ gateway, scale });

  it('has every chart and nothing else', () => {
    expect(readdirSync(folder).sort()).toEqual(Object.keys(drawn).sort());
  });

  it.each(Object.entries(drawn))(
    '%s is drawn from bench/results (node bench/charts.mjs does it)',
    (name, svg) => {
      expect(readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n')).toBe(svg);
    },
  );
});

const bars = (text: string) =>
  barChart({
    title: text,
    description: text,
    caption: [text, text],
    axis: text,
    groups: [{ name: text, bars: [{ name: text, value: 1234 }] }],
  });
const lines = (text: string) =>
  lineChart({
    title: text,
    description: text,
    caption: [text],
    x: { name: text, values: [1, 10] },
    y: { name: text, unit: text },
    lines: [{ name: text, values: [1, 2] }],
  });

describe.each([
  ['a bar chart', bars],
  ['a line chart', lines],
])('%s', (_, chart) => {
  it('escapes each of its texts', () => {
    const escaped = chart('TEXT').replaceAll('TEXT', '&lt;&amp;&gt;&quot;&#39;');
    expect(chart(`<&>"'`)).toBe(escaped);
  });

  it('has a title and a description, and refers to no other file', () => {
    const svg = chart('TEXT');
    expect(svg).toMatch(/^<svg [^>]*role="img">\n<title>TEXT<\/title>\n<desc>TEXT<\/desc>\n/);
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/href|url\(|@import|https?:/);
  });
});

it('names of lines that end at one place stand apart', () => {
  const svg = lineChart({
    title: '',
    description: '',
    caption: [],
    x: { name: '', values: [1, 10] },
    y: { name: '', unit: 'ms' },
    lines: ['first', 'second', 'third'].map((name) => ({ name, values: [5, 100] })),
  });
  const places = [...svg.matchAll(/y="([\d.]+)"[^>]*>\w+: 100 ms/g)].map(([, y]) => Number(y));
  const [low = 0, middle = 0, high = 0] = places.sort((a, b) => b - a);
  expect(Math.min(low - middle, middle - high)).toBeGreaterThanOrEqual(14);
});
