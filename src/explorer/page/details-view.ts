import type { Details } from '../describe.ts';
import { base } from './base.ts';
import { button, byId, element } from './element.ts';

type Shown = NonNullable<Details['response']>;

/** Shows all that is known of an exchange, and sends it again. */
export class DetailsView {
  readonly #panel = byId('details');
  #tab = 'Response';
  #text = '';
  #id: string | undefined;

  /** The id of the exchange that is shown. */
  get id(): string | undefined {
    return this.#id;
  }

  async show(id: string): Promise<void> {
    const isOther = id !== this.#id;
    this.#id = id;
    const response = await fetch(`${base}/exchanges/${encodeURIComponent(id)}`);
    const text = await response.text();
    if (id !== this.#id || (!isOther && text === this.#text)) return;
    this.#text = text;
    if (response.ok) this.#render(JSON.parse(text));
    else this.close();
  }

  close(): void {
    this.#id = undefined;
    this.#panel.hidden = true;
    this.#panel.replaceChildren();
  }

  #render(details: Details): void {
    const panels = panelsOf(details);
    const names = Object.keys(panels);
    const panel = element('div', { class: 'panel', role: 'tabpanel', tabindex: '0' });
    const tabs = names.map((name) => {
      const tab = button(name, () => select(name));
      tab.setAttribute('role', 'tab');
      return tab;
    });
    const select = (name: string) => {
      this.#tab = name;
      for (const tab of tabs) {
        const isSelected = tab.textContent === name;
        tab.setAttribute('aria-selected', String(isSelected));
        tab.tabIndex = isSelected ? 0 : -1;
      }
      panel.setAttribute('aria-label', name);
      panel.replaceChildren(...(panels[name] ?? []));
    };
    const list = element('div', { class: 'tabs', role: 'tablist' }, ...tabs);
    list.addEventListener('keydown', ({ key }) => {
      const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
      if (step === 0) return;
      const next = tabs[(names.indexOf(this.#tab) + step + tabs.length) % tabs.length];
      next?.click();
      next?.focus();
    });
    select(names.includes(this.#tab) ? this.#tab : (names[0] ?? ''));
    this.#panel.replaceChildren(
      actionsOf(details, () => this.close()),
      list,
      panel,
    );
    this.#panel.hidden = false;
  }
}

function actionsOf({ id, command }: Details, close: () => void): HTMLElement {
  const again = button('Send again', () => {
    void fetch(`${base}/exchanges/${encodeURIComponent(id)}/again`, { method: 'POST' });
  });
  const actions = element('div', { class: 'actions' }, again);
  if (command !== undefined) {
    const copy = button('Copy as invoke', () => {
      void navigator.clipboard.writeText(command).then(() => {
        copy.textContent = 'Copied';
      });
    });
    // Without https only this machine has a clipboard; the command can be selected all the same.
    copy.hidden = !isSecureContext;
    actions.append(copy);
  }
  actions.append(button('Close', close));
  return actions;
}

function panelsOf(details: Details): Record<string, readonly Node[]> {
  const { request, response, event, result, error, logs, command } = details;
  const answer = [...messageOf(response), ...(response ? [] : textOf('Result', result))];
  if (error) {
    const { errorType, errorMessage, stackTrace } = error;
    answer.unshift(...textOf(errorType, [errorMessage, ...stackTrace].join('\n')));
  }
  return {
    Response: answer,
    Request: request ? [element('pre', {}, request.url), ...messageOf(request)] : [],
    Event: textOf('Event', event),
    ...(response && result !== undefined && { Result: textOf('Result', result) }),
    Log: textOf('Log', logs ?? '(It is kept while this page is open.)'),
    Command: textOf('The same event again', command),
  };
}

function messageOf(message: Shown | undefined): readonly Node[] {
  if (message === undefined) return [];
  const rows = message.headers.map(([name, value]) =>
    element('tr', {}, element('td', {}, name), element('td', {}, value)),
  );
  return [
    ...textOf('Body', message.body),
    element('h3', {}, 'Headers'),
    element('table', {}, element('tbody', {}, ...rows)),
  ];
}

function textOf(title: string, text: string | undefined): readonly Node[] {
  if (text === undefined) return [];
  return [element('h3', {}, title), element('pre', {}, indented(text) || '(empty)')];
}

/** Indents a text that is a map or a list in JSON. */
function indented(text: string): string {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
