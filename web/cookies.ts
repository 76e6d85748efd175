import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { linkMinutes, sessionHours } from '../client/sessions.ts';
import { ticketMinutes } from './ticket.ts';

/** What a browser keeps for us. Over TLS its name binds it to this very host, so that no neighbour can set it. */
export class Cookies {
  private readonly overTls: boolean;

  constructor(overTls: boolean) {
    this.overTls = overTls;
  }

  /** By which the browser is known again that asked for a link. */
  readonly browser = (c: Context): string | undefined => this.read(c, 'browser');
  readonly session = (c: Context): string | undefined => this.read(c, 'session');
  readonly keepBrowser = (c: Context, secret: string): void => this.keep(c, 'browser', secret, linkMinutes);
  readonly keepSession = (c: Context, secret: string): void => this.keep(c, 'session', secret, sessionHours * 60);
  /** With which it is known again by what it was given to take elsewhere. */
  readonly errand = (c: Context): string | undefined => {
    const secret = this.read(c, 'errand');
    return secret !== undefined && /^[A-Za-z0-9_-]{32}$/.test(secret) ? secret : undefined;
  };
  readonly keepErrand = (c: Context, secret: string): void => this.keep(c, 'errand', secret, ticketMinutes);
  readonly forgetErrand = (c: Context): void =>
    void deleteCookie(c, this.nameOf('errand'), { path: '/', secure: this.overTls });
  readonly forget = (c: Context): void =>
    void deleteCookie(c, this.nameOf('session'), { path: '/', secure: this.overTls });

  private nameOf(what: string): string {
    return `${this.overTls ? '__Host-' : ''}entente-${what}`;
  }

  private read(c: Context, what: string): string | undefined {
    return getCookie(c, this.nameOf(what));
  }

  /** Lax: the link of a letter has to find it, and nothing is done by opening an address. */
  private keep(c: Context, what: string, value: string, minutes: number): void {
    const options = { path: '/', httpOnly: true, sameSite: 'Lax', secure: this.overTls } as const;
    setCookie(c, this.nameOf(what), value, { ...options, maxAge: minutes * 60 });
  }
}
