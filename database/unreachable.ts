/** Where several addresses of a host were tried, the first failure tells. */
export function firstFailure(error: unknown): { readonly code: string; readonly message: string } {
  const one: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const { code, message } = one as { code?: unknown; message?: unknown };
  return { code: typeof code === 'string' ? code : '', message: typeof message === 'string' ? message : String(one) };
}

const network = ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'EPIPE'];

// Postgres: starting up, shutting down, too many connections, connection failure.
const busy = ['57P01', '57P02', '57P03', '53300', '08006', '08001'];

/** Whether Postgres could not be asked, or went away while it was: what may well succeed a while later. */
export function isUnreachable(error: unknown): boolean {
  const { code, message } = firstFailure(error);
  if (network.includes(code) || busy.includes(code)) return true;
  return code === '' && /timeout|connection terminated|connection error|said nothing/i.test(message);
}

// Postgres: a lock that was not to be had in time, and two that waited for each other.
const inTheWay = ['55P03', '40P01'];

/** Whether somebody else held what was needed: what succeeds in a moment. */
export const isInTheWay = (error: unknown): boolean => inTheWay.includes(firstFailure(error).code);
