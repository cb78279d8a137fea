import { describe, expect, it } from 'vitest';
import { cutToWidth, displayWidth, padToWidth } from '../../../src/cli/display-width.ts';

describe('the width of a text on a terminal', () => {
  it.each([
    ['', 0],
    ['Acme', 4],
    ['Größe', 5],
    ['Größe'.normalize('NFD'), 5],
    ['漢字', 4],
    ['カナ', 4],
    ['한글', 4],
    ['ＡＢ', 4],
    ['😀', 2],
    ['👩‍👩‍👧‍👦', 2],
    ['❤️', 2],
    ['…', 1],
  ])('%s takes %d columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  it('is kept when a text is cut, never inside a character', () => {
    expect(cutToWidth('Acme GmbH', 9)).toBe('Acme GmbH');
    expect(cutToWidth('Acme GmbH', 8)).toBe('Acme Gm…');
    expect(cutToWidth('漢字漢字', 4)).toBe('漢…');
    expect(cutToWidth('a👩‍👩‍👧‍👦b', 3)).toBe('a…');
    expect(cutToWidth('abc', 1)).toBe('…');
    expect(cutToWidth('abc', 0)).toBe('');
    for (let most = 0; most < 20; most += 1) {
      expect(displayWidth(cutToWidth('Größe 漢字 😀 and more', most))).toBeLessThanOrEqual(most);
    }
  });

  it('is filled up on either side', () => {
    expect(padToWidth('漢', 4, 'right')).toBe('漢  ');
    expect(padToWidth('12', 4, 'left')).toBe('  12');
    expect(padToWidth('too long', 4, 'left')).toBe('too long');
  });
});
