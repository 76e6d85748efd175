import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { deliver, type FaultHooks, type Refusal, refusal } from './faults.ts';
import { type Envelope, type Message, newMessageId, parseMessage } from './message.ts';

const LARGEST_MESSAGE = 25 * 1024 * 1024;

/** Makes the SMTP side of the mailbox; `store` is called for each message that is accepted. */
export function makeSmtpServer(store: (message: Message) => void, hooks: FaultHooks): SMTPServer {
  const sockets = new Map<number, Socket>();
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    size: LARGEST_MESSAGE,
    closeTimeout: 500,
    onConnect: (_session, done) => done(errorOf(() => hooks.onConnect?.())),
    onAuth: (login, _session, done) => {
      const error = errorOf(() => hooks.onLogin?.(login.username ?? '', login.password ?? ''));
      if (error) done(error);
      else done(null, { user: login.username });
    },
    onRcptTo: ({ address }, session, done) => done(errorOf(() => hooks.onRecipient?.(address, envelopeOf(session)))),
    onData: (stream, session, done) => {
      const socket = sockets.get(session.remotePort);
      receive({ stream, session, socket, store, hooks, reply: done }).catch((error: Error) => done(ofOurs(error)));
    },
  });
  // smtp-server keeps its sockets to itself, and a fault needs the one of the session.
  server.server.on('connection', (socket: Socket) => {
    const port = socket.remotePort ?? 0;
    sockets.set(port, socket);
    socket.once('close', () => sockets.delete(port));
  });
  // A client that goes away in the middle is the client's affair.
  server.on('error', () => {});
  return server;
}

/** A fault of the mailbox itself: the client is to come again, and nobody else notices. */
const ofOurs = (error: Error): Error =>
  'responseCode' in error ? error : refusal({ code: 451, text: `The mailbox has failed: ${error.message}` });

function errorOf(ask: () => Refusal | undefined): Error | null {
  try {
    const answer = ask();
    return answer ? refusal(answer) : null;
  } catch (error) {
    return ofOurs(error as Error);
  }
}

const envelopeOf = ({ envelope }: SMTPServerSession): Envelope => ({
  from: envelope.mailFrom ? envelope.mailFrom.address : '',
  to: envelope.rcptTo.map(({ address }) => address),
});

type Incoming = {
  stream: Readable & { sizeExceeded?: boolean };
  session: SMTPServerSession;
  socket: Socket | undefined;
  store: (message: Message) => void;
  hooks: FaultHooks;
  reply: (error?: Error | null, text?: string) => void;
};

async function receive({ stream, session, socket, store, hooks, reply }: Incoming): Promise<void> {
  const envelope = envelopeOf(session);
  const early = hooks.onBody?.(envelope);
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    if (early === 'drop-mid-data') return void socket?.destroy();
    chunks.push(chunk as Buffer);
  }
  if (typeof early === 'object') return reply(refusal(early));
  if (stream.sizeExceeded) return reply(refusal({ code: 552, text: 'Message is larger than 25 MB' }));
  const at = new Date();
  const known = { id: newMessageId(at), receivedAt: at.toISOString(), envelope };
  const message = await parseMessage(Buffer.concat(chunks), known).catch((error: Error) => {
    throw refusal({ code: 554, text: `This message cannot be read: ${error.message}` });
  });
  const answer = await hooks.onData?.(message);
  const accept = (error?: Error) => (error ? reply(error) : reply(null, `2.0.0 kept as ${message.id}`));
  await deliver(answer, { socket, store: () => store(message), reply: accept });
}
