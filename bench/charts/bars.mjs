import { colour, format, gridLine, round, svg, TITLE_HEIGHT, text, ticks, WIDTH } from './svg.mjs';

const LEFT = 250;
/** The value of the longest bar stands behind it. */
const RIGHT = WIDTH - 56;
const ROW = 22;
const BAR = 15;
const HEADING = 18;
const GAP = 8;

/**
 * Bars from the left, in groups one below the other.
 *
 * @param {import('./svg.mjs').Texts & {
 *   axis: string,
 *   groups: readonly { name: string, bars: readonly { name: string, value: number }[] }[],
 * }} chart
 * @returns {string} SVG
 */
export function barChart({ axis, groups, ...texts }) {
  const scale = ticks(Math.max(...groups.flatMap(({ bars }) => bars.map(({ value }) => value))));
  const xOf = (/** @type {number} */ value) =>
    LEFT + (value / (scale.at(-1) ?? 1)) * (RIGHT - LEFT);
  /** @type {string[]} */
  const rows = [];
  let y = TITLE_HEIGHT;
  for (const { name, bars } of groups) {
    rows.push(text(16, y + 13, name, 'group'));
    y += HEADING;
    for (const [index, bar] of bars.entries()) {
      const [middle, end] = [y + ROW / 2, xOf(bar.value)];
      rows.push(
        text(LEFT - 8, middle + 4, bar.name, 'end'),
        `<rect class="fill ${colour(index)}" x="${LEFT}" y="${round(middle - BAR / 2)}" width="${round(end - LEFT)}" height="${BAR}" rx="2"/>`,
        text(end + 6, middle + 4, format(bar.value)),
      );
      y += ROW;
    }
    y += GAP;
  }
  // Each bar has its value, so that no line has to cross what stands behind the bars.
  const axisLine = gridLine(LEFT, TITLE_HEIGHT, LEFT, y);
  const marks = scale.flatMap((value) => [
    gridLine(xOf(value), y, xOf(value), y + 4),
    text(xOf(value), y + 17, format(value), 'note middle'),
  ]);
  const label = text((LEFT + RIGHT) / 2, y + 34, axis, 'middle');
  return svg(texts, y + 44, [axisLine, ...marks, ...rows, label]);
}
