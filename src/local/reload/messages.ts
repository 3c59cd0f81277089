import { message } from '../../message.ts';

export const notReloadable = message`it cannot be reloaded`;
export const noReason = message`the VM gave no reason`;
