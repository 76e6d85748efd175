import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** The command lines of all running processes that have this text in them. */
export const processesWith = (text: string): string[] =>
  execFileSync('ps', ['-axo', 'args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(text));

/** The TCP ports on which a process listens. */
export const portsOf = (pid: number): number[] => listeningOf(pid).map(({ port }) => port);

/** Of IPv4, as people write it. */
export const hostIn = (address: string): string =>
  (address.match(/../g) ?? [])
    .map((byte) => Number.parseInt(byte, 16))
    .reverse()
    .join('.');

/** Where a process listens: the address as the kernel writes it, `0100007F` for 127.0.0.1. */
export function listeningOf(pid: number): { readonly address: string; readonly port: number }[] {
  const sockets = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        // Closed in the meantime.
        return [];
      }
    }),
  );
  const listening = '0A';
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => state === listening && sockets.has(inode ?? ''))
      .map(([, local = '']) => local.split(':'))
      .map(([address = '', port = '']) => ({ address, port: Number.parseInt(port, 16) })),
  );
}
