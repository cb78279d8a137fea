import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { startTalk } from '../support/talking.ts';

it('a request that stays half sent is cut off within ten seconds', async () => {
  const { bolt } = await startTalk('http');
  const heads = ['POST /slack/events HTTP/1.1\r\nhost: x\r\n', 'POST /slack/ev'];
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
  for (const answer of await Promise.all(answers)) expect(answer).toMatch(/^HTTP\/1.1 408/);
});
