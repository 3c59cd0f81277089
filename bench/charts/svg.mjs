// What charts have in common: an SVG that needs no other file, on any background, light or dark.

export const WIDTH = 640;
/** Of the title above and of each line of the caption below. */
export const TITLE_HEIGHT = 40;
const CAPTION_LINE = 15;
const MOST_TICKS = 6;

const STYLE = `
text{font:12px system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif;fill:#1f2328}
.title{font-size:15px;font-weight:600}.group{font-weight:600}.note{font-size:11px;fill:#59636e}
.end{text-anchor:end}.middle{text-anchor:middle}
.grid{stroke:#818b98;stroke-opacity:.35}.line{fill:none;stroke-width:2}
.c0{color:#6e7781}.c1{color:#0969da}.c2{color:#bc4c00}
.fill{fill:currentColor}.line{stroke:currentColor}
@media (prefers-color-scheme:dark){
text{fill:#f0f6fc}.note{fill:#9198a1}
.c0{color:#9198a1}.c1{color:#4493f8}.c2{color:#f0883e}
}
`;

/**
 * What every chart says beside its figures.
 *
 * @typedef {object} Texts
 * @property {string} title
 * @property {string} description the figures in words, for those who do not see them
 * @property {readonly string[]} caption lines
 */

/**
 * A whole chart: the title, what is drawn between it and `bottom`, and the caption.
 *
 * @param {Texts} texts
 * @param {number} bottom
 * @param {readonly string[]} elements
 */
export function svg({ title, description, caption }, bottom, elements) {
  const height = bottom + caption.length * CAPTION_LINE + 12;
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    `<desc>${escapeXml(description)}</desc>`,
    `<style>${STYLE}</style>`,
    text(16, 24, title, 'title'),
    ...elements,
    ...caption.map((line, index) => text(16, bottom + (index + 1) * CAPTION_LINE, line, 'note')),
    '</svg>',
  ];
  return `${lines.join('\n')}\n`;
}

/** @param {number} x @param {number} y the baseline @param {string} content @param {string} [look] */
export function text(x, y, content, look) {
  const attribute = look === undefined ? '' : ` class="${look}"`;
  return `<text x="${round(x)}" y="${round(y)}"${attribute}>${escapeXml(content)}</text>`;
}

/** A line of the grid. @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 */
export const gridLine = (x1, y1, x2, y2) =>
  `<path class="grid" d="M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}"/>`;

/** The colour of a bar or line, by its place among the others. @param {number} index */
export const colour = (index) => `c${index % 3}`;

/**
 * Round values from 0 up to the first that is not below all others.
 *
 * @param {number} most of the values, above 0
 */
export function ticks(most) {
  const power = 10 ** Math.floor(Math.log10(most / MOST_TICKS));
  const step = power * ([1, 2, 5].find((n) => most / (n * power) <= MOST_TICKS) ?? 10);
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, index) => index * step);
}

/** @param {number} value */
export const round = (value) => Number(value.toFixed(1));

/** @param {number} value */
export const format = (value) => value.toLocaleString('en-US');

/** @type {Record<string, string>} */
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** @param {string} content */
const escapeXml = (content) => content.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
