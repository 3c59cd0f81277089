import { base } from './base.ts';
import { byId, element } from './element.ts';

/** The part of openapi-explorer's element that is used here. */
interface OpenApiElement extends HTMLElement {
  loadSpec(document: unknown): Promise<void>;
}

const COLOURS = {
  light: {
    'bg-color': '#ffffff',
    'text-color': '#1d2430',
    'header-color': '#f4f5f7',
    'primary-color': '#0553b1',
    'secondary-color': '#0553b1',
    'nav-bg-color': '#f4f5f7',
    'nav-text-color': '#1d2430',
    'nav-hover-bg-color': '#e2e6ec',
    'nav-hover-text-color': '#0553b1',
  },
  dark: {
    'bg-color': '#14171c',
    'text-color': '#e4e8ee',
    'header-color': '#1e232b',
    'primary-color': '#7fb6ff',
    'secondary-color': '#7fb6ff',
    'nav-bg-color': '#1e232b',
    'nav-text-color': '#e4e8ee',
    'nav-hover-bg-color': '#2b323d',
    'nav-hover-text-color': '#7fb6ff',
  },
};

const OPTIONS = {
  'hide-server-selection': 'true',
  'use-path-in-nav-bar': 'true',
  'default-schema-tab': 'body',
  'schema-expand-level': '3',
};

/** Shows the document of the API, and sends requests from it. */
export class ApiView {
  #shown = '';
  readonly #element = create();

  /** Fetches the document and shows it, unless it is the one that is shown. */
  async update(): Promise<void> {
    const response = await fetch(`${base}/openapi.json`);
    const text = await response.text();
    if (!response.ok) throw new Error(JSON.parse(text).message);
    if (text === this.#shown) return;
    this.#shown = text;
    const document_ = JSON.parse(text);
    const { title } = document_.info;
    const schemes = Object.keys(document_.components?.securitySchemes ?? {});
    byId('service').textContent = title;
    document.title = `${title} – explorer`;
    const shown = await this.#element;
    shown.setAttribute('hide-authentication', String(schemes.length === 0));
    await shown.loadSpec(document_);
  }
}

async function create(): Promise<OpenApiElement> {
  // A module of its own, as it is much longer than the rest of the page.
  await import(`${base}/openapi-explorer.js`);
  const made = element('openapi-explorer' as 'div', {
    ...OPTIONS,
    // Whatever name of this machine the page was opened by.
    'server-url': location.origin,
  }) as HTMLElement as OpenApiElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const colour = () => {
    const colours = COLOURS[dark.matches ? 'dark' : 'light'];
    for (const [name, value] of Object.entries(colours)) made.setAttribute(name, value);
  };
  colour();
  dark.addEventListener('change', colour);
  byId('api').append(made);
  return made;
}
