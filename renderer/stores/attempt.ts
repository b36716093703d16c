import { errorWords } from '../strings/error-words.ts';
import { showToast } from '../ui/toast-store.ts';

/**
 * Runs something that the user asked for; when it fails, says so and answers false. For steps without a form of their own:
 * a dialog shows its errors inside and calls the command itself.
 */
export const attempt = async (step: () => Promise<unknown>): Promise<boolean> => {
  try {
    await step();
    return true;
  } catch (error) {
    showToast({ tone: 'bad', text: errorWords(error) });
    return false;
  }
};
