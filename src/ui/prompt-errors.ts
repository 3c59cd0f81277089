/** What prompts has of a text question, once it is asked. */
interface TextPrompt {
  render(): void;
  readonly out: NodeJS.WriteStream;
  /** Why the answer is not acceptable, and whether that is shown. */
  readonly errorMsg: string;
  readonly error: boolean;
  /** What is shown below the answer. */
  outputError: string;
}

const ERASE_BELOW = '\x1b[J';
const up = (rows: number): string => `\x1b[${rows}A`;

/**
 * An `onRender` of prompts that makes a text question erase the whole message below it, and show
 * it at the bottom of the screen, too. By itself prompts erases as many rows as belong to a message
 * of one row, of which others leave a part behind and take a row above the question with them; and
 * it returns to where the answer was, not to where scrolling has taken it.
 */
export function eraseErrors(): (this: unknown) => void {
  let isOurs = false;
  return function onRender() {
    if (isOurs) return;
    isOurs = true;
    const prompt = this as TextPrompt;
    const render = prompt.render.bind(prompt);
    prompt.render = () => {
      // The cursor is where the answer is typed; the message stands below.
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

/** The rows of a message, or one more: what is not ASCII may be as wide as two characters. */
function rowsOf(message: string, columns = Number.POSITIVE_INFINITY): number {
  // A pointer stands before it.
  const width = 2 + message.replace(/[^ -~]/gu, 'xx').length;
  return Math.ceil(width / columns);
}
