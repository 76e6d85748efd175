import { describe, expect, it } from 'vitest';
import { readDeliveryReport } from '../../client/bounce-file.ts';
import { deliveryReport } from './delivery-report.ts';

const read = (text: string) => readDeliveryReport('report.eml', Buffer.from(text));

describe('a delivery report', () => {
  it('names the address, the reason, over as many lines as it has, and the message', async () => {
    expect(await read(deliveryReport())).toEqual({
      address: 'park@klid.example.org',
      why: '5.1.1 smtp; 550 5.1.1 <park@klid.example.org>: the mail server says so',
      messageId: '<message@example.org>',
      spared: false,
    });
  });

  it('of a mail that was forwarded names the address that was written to', async () => {
    const text = deliveryReport({ address: 'p@elsewhere.example.org', original: 'park@klid.example.org' });
    expect(await read(text)).toMatchObject({ address: 'park@klid.example.org' });
  });

  it('spares the address when something else was to blame', async () => {
    expect(await read(deliveryReport({ status: '5.2.2' }))).toMatchObject({ spared: true });
    expect(await read(deliveryReport({ status: '5.7.1' }))).toMatchObject({ spared: true });
  });

  it('is refused when the message is only late', async () => {
    await expect(read(deliveryReport({ action: 'delayed', status: '4.4.1' }))).rejects.toThrow(
      'does not say that the message failed (delayed)',
    );
  });

  it.each(['', 'no mail at all', 'Subject: hello\r\n\r\ntext\r\n', 'Content-Type: multipart/report\r\n\r\n'])(
    'is not %j',
    async (text) => {
      await expect(read(text)).rejects.toThrow('report.eml is no delivery report');
    },
  );
});
