import { option } from '../../options/option.ts';
import { edits } from '../../options/shared.ts';

export const clientOptions = {
  out: option.text({
    value: 'dir',
    help: 'write a package of its own there',
    defaultHelp: 'lib/client.dart',
    completion: 'directory',
  }),
  check: option.flag({ help: 'write nothing; fail with a diff if it is not up to date' }),
  dryRun: edits.dryRun,
  param: edits.param,
  json: edits.json,
};
