import { type Flags, option } from '../../options/option.ts';
import { target } from '../../options/shared.ts';
import { stageNamed } from '../../service/stage.ts';

export const openApiOptions = {
  out: option.text({
    value: 'file',
    help: 'write the document to a file, as JSON if it ends in .json',
    completion: 'file',
  }),
  json: option.flag({ help: 'write JSON' }),
  yaml: option.flag({ help: 'write YAML, the default' }),
  check: option.flag({ help: 'write nothing; fail with a diff if the file is another one' }),
  ...target,
  stage: option.text({
    value: 'stage',
    help: 'name the server of the deployed stage, not that of dev',
    parse: stageNamed,
  }),
};

export type OpenApiFlags = Flags<typeof openApiOptions>;
