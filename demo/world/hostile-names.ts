/**
 * Company names that try to ping, link, restyle, reorder, inject a formula or flood a message. Any customer can
 * type these into the Marketplace, so a partner's Slack must survive them.
 */
export const HOSTILE_COMPANIES: readonly string[] = [
  'Fraktal <!channel> Werke',
  '<@U1> Consulting Ltd',
  '<http://x|y> Holdings',
  '*bold* & Sons',
  'Back`tick` ```Labs```',
  '\u202Edetrever\u202C Systems',
  'Rocket 🚀🇩🇪👩‍💻 GmbH',
  'Two\nLines\r\nCorp',
  'Fish &amp; Chips Ltd',
  '=HYPERLINK("http://evil.example","open")',
  `Endless ${'very '.repeat(998)}Co`.padEnd(5000, '!').slice(0, 5000),
  '_under_ ~strike~ <!here> SA',
  "'; DROP TABLE licenses; --",
  '<script>alert(1)</script> Oy',
  '   ',
  'Ünïcödé Å/S 株式会社',
  '<!subteam^S123|@everyone> KG',
  '@channel @here @everyone Inc',
];

/** Feedback texts with the same intentions, personal data included: nobody moderates this field. */
export const HOSTILE_MESSAGES: readonly string[] = [
  '<!channel> this app deleted my board, see <http://evil.example|the docs>',
  'Ask <@U024BE7LH> or mail jane.doe@customer.example, phone +49 170 1234567',
  '*Too slow* & `crashes` on <b>large</b> boards\n> quoted\n```code```',
  '\u202Esdrawkcab daer ot drah\u202C 😡😡😡',
  `Long story: ${'we waited for the page to load and ... '.repeat(100)}end.`,
  '=cmd|"/c calc"!A1',
  '<https://evil.example/?a=1&amp;b=2|click here> &lt;not a tag&gt;',
];
