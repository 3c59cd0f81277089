import type { Summary } from '../describe.ts';
import { ApiView } from './api-view.ts';
import { base } from './base.ts';
import { DetailsView } from './details-view.ts';
import { byId } from './element.ts';
import { ListView } from './list-view.ts';
import { allowStyles } from './styles.ts';

/** What `dev` says about the files of the service. */
interface Note {
  readonly type: string;
  readonly files?: readonly string[];
  readonly ms?: number;
  readonly message?: string;
}

allowStyles();
const api = new ApiView();
const details = new DetailsView();
const list = new ListView((id) => {
  list.select(id);
  void details.show(id);
});

function note(text: string, isBad = false): void {
  const place = byId('note');
  place.textContent = text;
  place.title = text;
  place.classList.toggle('bad', isBad);
}

async function updateApi(): Promise<void> {
  try {
    await api.update();
  } catch (error) {
    note(error instanceof Error ? error.message : String(error), true);
  }
}

function connect(): void {
  const events = new EventSource(`${base}/events`);
  const live = byId('live');
  const isLive = (on: boolean) => {
    live.textContent = on ? 'live' : 'dev does not answer';
    live.classList.toggle('on', on);
  };
  const on = (name: string, listen: (data: never) => void) =>
    events.addEventListener(name, ({ data }) => listen(JSON.parse(data) as never));
  let isLost = false;
  events.addEventListener('open', () => {
    isLive(true);
    // It may have been started again, with other files.
    if (isLost) void updateApi();
    isLost = false;
  });
  events.addEventListener('error', () => {
    isLive(false);
    isLost = true;
  });
  on('exchanges', (summaries: readonly Summary[]) => {
    list.update(summaries);
    list.select(details.id);
    const { id } = details;
    if (id !== undefined && summaries.some((one) => one.id === id)) void details.show(id);
  });
  on('changed', () => void updateApi());
  on('moved', ({ path }: { readonly path: string }) => location.replace(path));
  on('note', ({ type, files = [], ms, message }: Note) => {
    const isBad = type === 'compile-error' || type === 'service-warning';
    const time = ms === undefined ? '' : ` in ${ms.toFixed(0)} ms`;
    const done = { reloaded: 'Reloaded', restarted: 'Restarted', 'read-again': 'Read again' }[type];
    note(isBad ? (message ?? type) : `${done ?? type}${time}: ${files.join(', ')}`, isBad);
  });
}

function showView(isRequests: boolean): void {
  document.body.classList.toggle('requests', isRequests);
  byId('show-api').setAttribute('aria-pressed', String(!isRequests));
  byId('show-requests').setAttribute('aria-pressed', String(isRequests));
}

byId('show-api').addEventListener('click', () => showView(false));
byId('show-requests').addEventListener('click', () => showView(true));
byId('clear').addEventListener('click', () => {
  list.clear();
  details.close();
});
byId('filter').addEventListener('input', ({ target }) => {
  list.filter((target as HTMLInputElement).value);
});
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') details.close();
});
void updateApi();
connect();
