import { type AddressInfo, createServer, type Server } from 'node:net';

/** A relay of a few lines, which says byte for byte what it is told to: a proper server would clean its answers. */
export async function startRawRelay(afterData: string): Promise<{ smtpUrl: string; stop(): Promise<void> }> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write('220 relay\r\n');
    let isData = false;
    socket.on('data', (chunk) => {
      const text = chunk.toString('latin1');
      if (isData && text.endsWith('\r\n.\r\n')) {
        isData = false;
        socket.write(Buffer.from(`${afterData}\r\n`, 'latin1'));
      } else if (!isData) {
        isData = text.startsWith('DATA');
        socket.write(isData ? '354 go ahead\r\n' : '250 fine\r\n');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    smtpUrl: `smtp://127.0.0.1:${port}`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
