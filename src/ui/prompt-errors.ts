/** The state of a text question in prompts. */
interface TextPrompt {
  render(): void;
  readonly out: NodeJS.WriteStream;
  /** The message about an invalid answer, and whether it is shown. */
  readonly errorMsg: string;
  readonly error: boolean;
  /** The text below the answer. */
  outputError: string;
}

const ERASE_BELOW = '\x1b[J';
const up = (rows: number): string => `\x1b[${rows}A`;

/**
 * Corrects the message below a text question of prompts, as its `onRender`. By itself prompts erases
 * the rows of a one-row message, so that a longer one leaves a rest and takes a row above the
 * question with it; and at the bottom of the screen it ignores that the message has scrolled the
 * answer up.
 */
export function eraseErrors(): (this: unknown) => void {
  let isOurs = false;
  return function onRender() {
    if (isOurs) return;
    isOurs = true;
    const prompt = this as TextPrompt;
    const render = prompt.render.bind(prompt);
    prompt.render = () => {
      // The cursor is in the answer; the message is below.
      prompt.out.write(ERASE_BELOW);
      prompt.outputError = '';
      if (prompt.error) {
        const rows = rowsOf(prompt.errorMsg, prompt.out.columns);
        prompt.out.write('\n'.repeat(rows) + up(rows));
      }
      render();
    };
  };
}

/** Counts the rows of a message, or one more: non-ASCII characters may be two columns wide. */
function rowsOf(message: string, columns = Number.POSITIVE_INFINITY): number {
  // A pointer precedes it.
  const width = 2 + message.replace(/[^ -~]/gu, 'xx').length;
  return Math.ceil(width / columns);
}
