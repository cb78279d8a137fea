import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { startTalk } from '../support/talking.ts';

it('two hundred requests that stay half sent are cut off within ten seconds, and others are answered meanwhile', async () => {
  const { bolt } = await startTalk('http');
  const halves = [
    'POST /slack/events HTTP/1.1\r\nhost: x\r\n',
    'POST /slack/ev',
    'POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\ncommand=',
    'GET /healthz HTTP/1.1\r\nhost: x\r\nx-slow: ',
  ];
  const heads = Array.from({ length: 200 }, (_, index) => halves[index % halves.length] ?? '');
  const answers = heads.map((head) => {
    const socket = connect(bolt.port() ?? 0, '127.0.0.1');
    socket.write(head);
    return new Promise<string>((resolve) => {
      let received = '';
      socket.on('data', (data) => {
        received += data.toString();
      });
      socket.on('close', () => resolve(received));
    });
  });
  expect((await fetch(`http://127.0.0.1:${bolt.port()}/healthz`)).status).toBe(200);
  for (const answer of await Promise.all(answers)) expect(answer).toMatch(/^HTTP\/1.1 408/);
});
