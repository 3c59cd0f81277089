import { colour, format, gridLine, round, svg, TITLE_HEIGHT, text, ticks, WIDTH } from './svg.mjs';

const LEFT = 64;
/** Each line has its name behind its end. */
const RIGHT = WIDTH - 176;
const TOP = TITLE_HEIGHT + 26;
const BOTTOM = 236;
const LABEL_HEIGHT = 16;

/**
 * Lines over a logarithmic axis.
 *
 * @param {import('./svg.mjs').Texts & {
 *   x: { name: string, values: readonly number[] },
 *   y: { name: string, unit: string },
 *   lines: readonly { name: string, values: readonly number[] }[],
 * }} chart the values of a line in the order of those of x, which ascend
 * @returns {string} SVG
 */
export function lineChart({ x, y, lines, ...texts }) {
  const [first = 1, last = 1] = [x.values[0], x.values.at(-1)];
  const scale = ticks(Math.max(...lines.flatMap(({ values }) => values)));
  const xOf = (/** @type {number} */ value) =>
    LEFT + (Math.log(value / first) / (Math.log(last / first) || 1)) * (RIGHT - LEFT);
  const yOf = (/** @type {number} */ value) =>
    BOTTOM - (value / (scale.at(-1) ?? 1)) * (BOTTOM - TOP);
  const grid = [
    ...scale.flatMap((value) => [
      gridLine(LEFT, yOf(value), RIGHT, yOf(value)),
      text(LEFT - 8, yOf(value) + 4, format(value), 'note end'),
    ]),
    ...x.values.map((value) => text(xOf(value), BOTTOM + 18, format(value), 'note middle')),
  ];
  const drawn = lines.flatMap(({ values }, index) => {
    const points = values.map((value, place) => [xOf(x.values[place] ?? first), yOf(value)]);
    const path = points.map((point) => point.map(round).join(' ')).join('L');
    return [
      `<path class="line ${colour(index)}" d="M${path}"/>`,
      ...points.map(
        ([cx = 0, cy = 0]) =>
          `<circle class="fill ${colour(index)}" cx="${round(cx)}" cy="${round(cy)}" r="3.5"/>`,
      ),
    ];
  });
  const names = lines.map(({ name, values }) => `${name}: ${format(values.at(-1) ?? 0)} ${y.unit}`);
  const places = spread(lines.map(({ values }) => yOf(values.at(-1) ?? 0)));
  const labels = names.map((name, index) =>
    text(RIGHT + 12, (places[index] ?? 0) + 4, name, `fill ${colour(index)}`),
  );
  const axes = [
    text(16, TOP - 14, `${y.name} (${y.unit})`),
    text((LEFT + RIGHT) / 2, BOTTOM + 36, x.name, 'middle'),
  ];
  return svg(texts, BOTTOM + 46, [...grid, ...drawn, ...labels, ...axes]);
}

/**
 * Moves places apart, so that labels at them do not overlap, and keeps them above the axis.
 *
 * @param {readonly number[]} places
 */
function spread(places) {
  const order = [...places.keys()].sort((a, b) => (places[b] ?? 0) - (places[a] ?? 0));
  const moved = [...places];
  let limit = BOTTOM;
  for (const index of order) {
    const place = Math.min(moved[index] ?? 0, limit);
    moved[index] = place;
    limit = place - LABEL_HEIGHT;
  }
  return moved;
}
