/**
 * Text as it is compared in searches: lower case, without accents, punctuation as single spaces.
 * "Société Générale, S.A." folds to "societe generale s a".
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
