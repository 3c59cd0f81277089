import type { Summary } from '../describe.ts';
import { byId, element } from './element.ts';

/** As many as `dev` keeps. */
const MOST = 200;

/** Lists the exchanges, the newest one first. */
export class ListView {
  readonly #list = byId('list');
  readonly #rows = new Map<string, { readonly row: HTMLButtonElement; summary: Summary }>();
  readonly #onSelect: (id: string) => void;
  #filter = '';
  #cleared = 0;

  constructor(onSelect: (id: string) => void) {
    this.#onSelect = onSelect;
    this.#list.addEventListener('keydown', (event) => {
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      if (step === 0) return;
      event.preventDefault();
      const shown = [...this.#list.querySelectorAll<HTMLElement>('li:not([hidden]) button')];
      const at = shown.indexOf(document.activeElement as HTMLElement);
      shown[at + step]?.focus();
    });
  }

  /** Shows those whose method, path, function, status or id contains the text. */
  filter(text: string): void {
    this.#filter = text.toLowerCase();
    for (const each of this.#rows.values()) this.#hide(each);
  }

  /** Forgets those that are listed now. */
  clear(): void {
    this.#cleared = Date.now();
    this.#rows.clear();
    this.#list.replaceChildren();
    byId('empty').hidden = false;
  }

  update(summaries: readonly Summary[]): void {
    for (const summary of summaries) {
      if (summary.time > this.#cleared) this.#show(summary);
    }
    for (const [id, { row }] of this.#rows) {
      if (this.#rows.size <= MOST) break;
      row.parentElement?.remove();
      this.#rows.delete(id);
    }
    byId('empty').hidden = this.#rows.size > 0;
  }

  select(id: string | undefined): void {
    for (const [each, { row }] of this.#rows) row.setAttribute('aria-current', String(each === id));
  }

  #show(summary: Summary): void {
    const known = this.#rows.get(summary.id);
    const row = known?.row ?? element('button', { type: 'button', 'aria-current': 'false' });
    row.replaceChildren(...cellsOf(summary));
    if (known) {
      known.summary = summary;
    } else {
      row.addEventListener('click', () => this.#onSelect(summary.id));
      this.#list.prepend(element('li', {}, row));
      this.#rows.set(summary.id, { row, summary });
    }
    this.#hide({ row, summary });
  }

  #hide({ row, summary }: { readonly row: HTMLElement; readonly summary: Summary }): void {
    const { method, path, function: key, status, id } = summary;
    const text = [method, path, key, status, id].join(' ').toLowerCase();
    if (row.parentElement) row.parentElement.hidden = !text.includes(this.#filter);
  }
}

function cellsOf(summary: Summary): readonly Node[] {
  const { id, time, function: key, method, path, status, ms, cold, problem } = summary;
  const isBad = problem !== undefined || (status ?? 0) >= 500;
  const colour = isBad ? 'bad' : (status ?? 0) >= 400 ? 'warn' : 'good';
  const cell = (name: string, text: string) => element('span', { class: name }, text);
  const outcome = ms === undefined ? '…' : String(status ?? (isBad ? 'error' : 'ok'));
  const more = [
    new Date(time).toLocaleTimeString(),
    key ?? 'no route',
    ...(key !== undefined && cold !== undefined ? [cold ? 'cold' : 'warm'] : []),
    ...(problem === undefined ? [] : [problem]),
    id,
  ];
  return [
    cell('method', method ?? 'invoke'),
    cell('path', path ?? key ?? ''),
    cell(`status ${ms === undefined ? '' : colour}`, outcome),
    cell('ms', ms === undefined ? '' : `${ms.toFixed(1)} ms`),
    cell('more', more.join(' · ')),
  ];
}
