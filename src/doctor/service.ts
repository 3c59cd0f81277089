import { type Check, findingOf } from './check.ts';

export const serviceCheck: Check = {
  id: 'service',
  title: 'Service',
  async run({ service }) {
    switch (service.kind) {
      case 'none':
        return findingOf(service.error, 'warn');
      case 'unreadable':
        return findingOf(service.error, 'fail');
      case 'found': {
        const detail = `${service.service.name}, stage ${service.service.stage}, in ${service.root}`;
        if (service.warnings.length === 0) return { status: 'ok', detail };
        return { status: 'warn', detail: `${detail}; ${service.warnings.join('; ')}` };
      }
    }
  },
};
