import { barChart } from './bars.mjs';
import { lineChart } from './lines.mjs';
import { format } from './svg.mjs';

/** The columns of scale.json that are drawn, and what they are of. */
const COMMANDS = {
  'ready (ms)': 'dev, until ready',
  'add-endpoint (ms)': 'add-endpoint',
  'endpoints (ms)': 'endpoints',
};

/**
 * @typedef {import('../support.mjs').Circumstances} Circumstances
 * @typedef {Circumstances & {
 *   figures: readonly { subject: string, connections: number, 'requests/s': number }[],
 * }} Gateway
 * @typedef {Circumstances & {
 *   figures: readonly ({ size: number } & Record<keyof typeof COMMANDS, number>)[],
 * }} Scale
 */

/**
 * The charts of what was measured.
 *
 * @param {{ gateway: Gateway, scale: Scale }} results
 * @returns {Record<string, string>} SVG by the name of its file
 */
export const chartsOf = ({ gateway, scale }) => ({
  'throughput.svg': throughput(gateway),
  'scale.svg': growth(scale),
});

/** @param {Gateway} results */
function throughput({ figures, ...circumstances }) {
  const groups = [...new Set(figures.map(({ connections }) => connections))].map((connections) => ({
    name: connections === 1 ? '1 connection' : `${connections} connections`,
    bars: figures
      .filter((figure) => figure.connections === connections)
      .map(({ subject, 'requests/s': value }) => ({ name: subject, value })),
  }));
  return barChart({
    title: 'Throughput of a hello function that is served locally',
    description: groups
      .map(({ name, bars }) => inWords(`Requests per second at ${name}`, bars))
      .join(' '),
    caption: caption(circumstances),
    axis: 'requests per second (more is better)',
    groups,
  });
}

/** @param {Scale} results */
function growth({ figures, ...circumstances }) {
  const columns = /** @type {[keyof typeof COMMANDS, string][]} */ (Object.entries(COMMANDS));
  const lines = columns.map(([column, name]) => ({
    name,
    values: figures.map((figure) => figure[column]),
  }));
  return lineChart({
    title: 'Time of commands in services of growing size',
    description: figures
      .map((figure) =>
        inWords(
          `Milliseconds with ${format(figure.size)} endpoints`,
          columns.map(([column, name]) => ({ name, value: figure[column] })),
        ),
      )
      .join(' '),
    caption: caption(circumstances),
    x: {
      name: 'endpoints in the service (logarithmic)',
      values: figures.map(({ size }) => size),
    },
    y: { name: 'time', unit: 'ms' },
    lines,
  });
}

/** @param {string} what @param {readonly { name: string, value: number }[]} values */
const inWords = (what, values) =>
  `${what}: ${values.map(({ name, value }) => `${name} ${format(value)}`).join('; ')}.`;

/** @param {Circumstances} circumstances */
const caption = ({ machine, dart, date, load }) => [
  machine,
  `Dart ${dart}; measured on ${date}, after a minute with a load of ${load}`,
];
