// Frames of terminals as an animated SVG. Every look of a row is an element that is visible for its
// time; there is no script in it and nothing from outside.

/** @typedef {import('./terminal.mjs').RecordedTerminal} RecordedTerminal */
/** @typedef {import('./terminal.mjs').Row} Row */
/** @typedef {{ row: Row, line: number, from: number, to: number }} Look milliseconds */

const FONT_SIZE = 14;
const COLUMN = 8.4;
const LINE = 19;
const MARGIN = 14;
const GAP = 16;
const FONTS = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace";

/**
 * @param {(RecordedTerminal | undefined)[]} terminals from above to below
 * @param {{ columns: number, longestWait: number, lastLook: number, title: string }} options
 *   times in milliseconds
 */
export function recordingSvg(terminals, { columns, longestWait, lastLook, title }) {
  const shown = terminals.filter((terminal) => terminal !== undefined);
  const clock = shortened(
    shown.flatMap(({ frames }) => frames.map(({ time }) => time)),
    longestWait,
  );
  const end = Math.max(...shown.flatMap(({ frames }) => frames.map(({ time }) => clock(time))));
  const length = end + lastLook;
  const width = Math.ceil(columns * COLUMN + 2 * MARGIN);
  let top = MARGIN;
  /** @type {string[]} */
  const panes = [];
  /** @type {Map<string, string>} */
  const times = new Map();
  for (const { frames, rows } of shown) {
    const height = rows * LINE + 2 * MARGIN - 8;
    panes.push(
      `<rect x="1" y="${top - MARGIN + 1}" width="${width - 2}" height="${height}" rx="8" class="p"/>`,
    );
    for (const look of looksOf(frames, clock, length)) {
      const y = top + look.line * LINE + FONT_SIZE;
      panes.push(`<g class="${classOf(times, look, length)}">${rowOf(look.row, y)}</g>`);
    }
    top += height + GAP - 8;
  }
  const style = [
    '.p{fill:#0d1117;stroke:#30363d}',
    `text{font:${FONT_SIZE}px ${FONTS};fill:#e6edf3;white-space:pre}`,
    '.b{font-weight:bold}.d{opacity:.6}.c{fill:#8b949e}',
    `.l{opacity:0;animation:${length.toFixed(0)}ms step-end infinite}`,
    ...[...times].map(
      ([frames, name]) => `@keyframes ${name}{${frames}}.${name}{animation-name:${name}}`,
    ),
    // The last, as it takes back what is above.
    '@media (prefers-reduced-motion:reduce){.l{animation:none}.z{opacity:1}}',
  ].join('\n');
  const height = top - MARGIN;
  const text = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${title}">
<title>${title}</title>
<style>
${style}
</style>
${panes.join('\n')}
</svg>
`;
  return { text, seconds: length / 1000 };
}

/**
 * The time of the recording by that of the clock: it begins at 0, and no wait is longer.
 *
 * @param {number[]} times
 * @param {number} longest
 */
function shortened(times, longest) {
  const sorted = [...new Set(times)].sort((a, b) => a - b);
  /** @type {Map<number, number>} */
  const shown = new Map();
  let now = 0;
  for (const [index, time] of sorted.entries()) {
    now += Math.min(longest, time - (sorted[index - 1] ?? time));
    shown.set(time, now);
  }
  return (/** @type {number} */ time) => /** @type {number} */ (shown.get(time));
}

/**
 * What each line shows, and from when to when.
 *
 * @param {import('./terminal.mjs').Frame[]} frames
 * @param {(time: number) => number} clock
 * @param {number} end
 */
function looksOf(frames, clock, end) {
  /** @type {Look[]} */
  const looks = [];
  const lines = frames[0]?.rows.length ?? 0;
  for (let line = 0; line < lines; line++) {
    /** @type {Look | undefined} */
    let last;
    for (const frame of frames) {
      const row = /** @type {Row} */ (frame.rows[line]);
      if (last !== undefined && JSON.stringify(last.row) === JSON.stringify(row)) continue;
      const from = clock(frame.time);
      if (last !== undefined) last.to = from;
      last = { row, line, from, to: end };
      looks.push(last);
    }
  }
  // A look that is over within a frame of a screen is not seen.
  return looks.filter(({ row, from, to }) => to - from >= 16 && !isEmpty(row));
}

const isEmpty = (/** @type {Row} */ { runs, cursor }) => runs.length === 0 && cursor === undefined;

/**
 * The classes of a look; those of equal times share their keyframes.
 *
 * @param {Map<string, string>} times
 * @param {Look} look
 * @param {number} length
 */
function classOf(times, { from, to }, length) {
  const percent = (/** @type {number} */ time) => `${Number(((100 * time) / length).toFixed(2))}%`;
  const frames = [
    from > 0 ? '0%{opacity:0}' : '',
    `${percent(from)}{opacity:1}`,
    to < length ? `${percent(to)}{opacity:0}` : '',
  ].join('');
  const name = times.get(frames) ?? `t${times.size}`;
  times.set(frames, name);
  return to < length ? `l ${name}` : `l z ${name}`;
}

/**
 * @param {Row} row
 * @param {number} y of its base line
 */
function rowOf({ runs, cursor }, y) {
  const xOf = (/** @type {number} */ column) => Number((MARGIN + column * COLUMN).toFixed(1));
  const texts = runs.map(({ text, colour, bold, dim, column }) => {
    const classes = [bold ? 'b' : '', dim ? 'd' : ''].filter(Boolean).join(' ');
    const attributes = [
      `x="${xOf(column)}" y="${y}" textLength="${Number(([...text].length * COLUMN).toFixed(1))}"`,
      classes && `class="${classes}"`,
      colour && `style="fill:${colour}"`,
    ].filter(Boolean);
    return `<text ${attributes.join(' ')}>${escaped(text)}</text>`;
  });
  if (cursor !== undefined) {
    texts.push(
      `<rect x="${xOf(cursor)}" y="${y - FONT_SIZE + 2}" width="${COLUMN}" height="${LINE - 3}" class="c"/>`,
    );
  }
  return texts.join('');
}

const escaped = (/** @type {string} */ text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
