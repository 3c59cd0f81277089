import { message } from '../../message.ts';

export const libraryElsewhere = message`${'path'} imports ${'uri'}, which a package of the client alone does not have. Nothing was written.`;
