import { parseWanted } from '../../dart-sdk/archive.ts';
import { type Flags, option } from '../../options/option.ts';
import { json } from '../../options/shared.ts';

export const installDartOptions = {
  version: option.text({
    value: 'version',
    help: 'a version, or the newest of beta or dev',
    defaultHelp: 'the newest stable one',
    completion: async () => ['latest', 'beta', 'dev'],
    parse(text) {
      parseWanted(text);
      return text;
    },
  }),
  yes: option.flag({ short: 'y', help: 'ask nothing; without a terminal nothing is asked anyway' }),
  list: option.flag({ help: 'list the SDKs that were fetched, the newest first' }),
  remove: option.text({ value: 'version', help: 'delete one of them', completion: 'sdk' }),
  json,
};

export type InstallDartFlags = Flags<typeof installDartOptions>;
