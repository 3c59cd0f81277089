// Draws what `node bench/gateway.mjs --save` and `node bench/scale.mjs --save` have measured:
// docs/charts/ from results/. Again, after either:  node bench/charts.mjs

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chartsOf } from './charts/results.mjs';
import { root } from './support.mjs';

const read = (/** @type {string} */ name) =>
  JSON.parse(readFileSync(join(root, 'bench/results', `${name}.json`), 'utf8'));

const charts = chartsOf({ gateway: read('gateway'), scale: read('scale') });
for (const [name, svg] of Object.entries(charts)) {
  writeFileSync(join(root, 'docs/charts', name), svg);
}
