import { expect, it } from 'vitest';
import { fold } from '../../../src/domain/fold.ts';

it.each([
  ['Société Générale, S.A.', 'societe generale s a'],
  ['Ørsted A/S', 'orsted a s'],
  ['Łódź Straßenbau', 'lodz strassenbau'],
  ['Æther & Þór', 'aether thor'],
  ['İSTANBUL ırmak', 'istanbul irmak'],
  ['ＡＣＭＥ　株式会社', 'acme 株式会社'],
  ['  <!channel>  ', 'channel'],
  ['foo_bar-baz', 'foo bar baz'],
  ['e\u0301cole', 'ecole'],
  ['!!!', ''],
  ['', ''],
])('"%s" is compared as "%s"', (text, folded) => {
  expect(fold(text)).toBe(folded);
});

it('folding twice changes nothing', () => {
  for (const text of ['Société Générale', 'STRASSE straße', 'a\u200Bb', '\uD800x']) {
    expect(fold(fold(text))).toBe(fold(text));
  }
});

it('upper and lower case of a name fold alike', () => {
  for (const name of ['Straße', 'Ørsted', 'Éclair', 'Łódź', 'Þór']) {
    expect(fold(name.toUpperCase())).toBe(fold(name));
  }
});
