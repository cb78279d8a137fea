/** Words between the ones that matter: "the churn of App 1 for the last 8 weeks, please". */
const FILLER =
  /^(?:and|app|apps|at|days?|for|give|in|last|me|my|next|now|of|on|our|past|please|show|the|to|weeks?|with)$/i;

/** True for a word that changes nothing of what is asked. */
export function isFiller(word: string): boolean {
  return FILLER.test(word.replace(/[,.!]+$/, ''));
}
